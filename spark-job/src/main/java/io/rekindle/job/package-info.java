/**
 * The Spark job: archive in, verified tables out. A run starts in {@link
 * io.rekindle.job.Reexecution}, which opens input and output; {@link io.rekindle.job.ChainRun}
 * executes a chain, {@link io.rekindle.job.BlocksRun} blocks that bring their state; {@link
 * io.rekindle.job.StateInput} says what blocks start from; {@link io.rekindle.job.WindowStages} has
 * the Spark stages, each a named method. {@link io.rekindle.job.PlanRun} plans without Spark. The
 * only module with Spark.
 */
package io.rekindle.job;
