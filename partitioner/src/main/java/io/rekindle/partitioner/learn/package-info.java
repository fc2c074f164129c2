/**
 * What executed units teach about those to come: {@link io.rekindle.partitioner.learn.Templates}
 * predict the keys that a call touches, {@link io.rekindle.partitioner.learn.CostModel} what it
 * costs. {@link io.rekindle.partitioner.learn.UnitObserver} gathers what the learning needs while a
 * unit runs. What is learned changes plans, never results.
 */
package io.rekindle.partitioner.learn;
