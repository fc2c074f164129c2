/**
 * The Spark job: archive in, verified tables out. {@link io.rekindle.job.Reexecution} is the whole
 * run in one method; {@link io.rekindle.job.StateInput} says what blocks start from; {@link
 * io.rekindle.job.WindowStages} has the Spark stages, each a named method. The only module with
 * Spark.
 */
package io.rekindle.job;
