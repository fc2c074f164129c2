/**
 * Runs the official Ethereum tests. {@link io.rekindle.conformance.Suite} walks files, folders and
 * zips of cases; {@link io.rekindle.conformance.StateTest} and {@link
 * io.rekindle.conformance.BlockchainTest} judge one case each.
 *
 * <p>Nothing is skipped: a case that cannot be run has failed. Knows nothing of Spark or Hadoop.
 */
package io.rekindle.conformance;
