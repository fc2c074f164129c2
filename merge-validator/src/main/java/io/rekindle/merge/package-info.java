/**
 * The merge validator: takes the executed partitions of a window and yields exactly what serial
 * execution gives. Start with {@link io.rekindle.merge.MergeValidator}; the executor's side is
 * {@link io.rekindle.merge.PartitionExecutor}, and {@link io.rekindle.merge.LocalRunner} joins both
 * on threads of one machine.
 *
 * <p>What must hold: a unit's outcome is committed only if every read it recorded holds on the
 * merged state at its place in chain order, be that shown by the summaries of whole partitions or
 * by looking at the unit. Must not depend on Spark or Hadoop.
 */
package io.rekindle.merge;
