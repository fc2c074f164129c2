/**
 * What is measured, and how: JMH benchmarks of the EVM's programs ({@link
 * io.rekindle.benchmarks.EvmPrograms} run by {@link io.rekindle.benchmarks.EvmBenchmark}), reported
 * by {@link io.rekindle.benchmarks.EvmReport} as ratios to a hash measured in the same run, which
 * travel from machine to machine better than nanoseconds do.
 */
package io.rekindle.benchmarks;
