/**
 * Makes chains of any size out of the contracts in {@code workloads/}, for load tests: start at
 * {@link io.rekindle.job.generate.ChainGenerator}. A block's transactions are drawn from a seed,
 * executed one by one by our own engine, and sealed with correct headers. The same settings give
 * the same chain bit for bit, on any machine: nothing here asks a clock, the platform's random
 * numbers, or the order of a hash table. Knows nothing of Spark.
 */
package io.rekindle.job.generate;
