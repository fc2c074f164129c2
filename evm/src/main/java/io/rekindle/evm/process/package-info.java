/**
 * Units and their execution: {@link io.rekindle.evm.process.UnitExecutor} is the seam that
 * partitions, the merge validator and serial execution go through.
 */
package io.rekindle.evm.process;
