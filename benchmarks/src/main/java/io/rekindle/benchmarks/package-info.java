/**
 * What is measured, and how: JMH benchmarks of the EVM's programs ({@link
 * io.rekindle.benchmarks.EvmPrograms} run by {@link io.rekindle.benchmarks.EvmBenchmark}), reported
 * by {@link io.rekindle.benchmarks.EvmReport} as ratios to a hash measured in the same run, which
 * travel from machine to machine better than nanoseconds do; and whole blocks of mainnet, by {@link
 * io.rekindle.benchmarks.MainnetReport}. What the job costs beside that is {@link
 * io.rekindle.benchmarks.JobCpuReport}'s.
 */
package io.rekindle.benchmarks;
