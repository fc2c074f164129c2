/**
 * Dumps from a node: {@link io.rekindle.job.fetch.BlockFetch} asks a node over JSON-RPC for blocks
 * and the state that each starts from, and writes the folders that {@link
 * io.rekindle.job.archive.Archives} reads. Knows nothing of Spark.
 */
package io.rekindle.job.fetch;
