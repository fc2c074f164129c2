/**
 * From a window's units and what they are expected to touch to a plan that says which partition
 * runs which units.
 *
 * <p>Start reading at {@link io.rekindle.partitioner.Partitioner}: it takes {@link
 * io.rekindle.partitioner.WindowUnits} (units in chain order, their predicted costs and {@link
 * io.rekindle.partitioner.AccessHints}) and gives a {@link io.rekindle.partitioner.PartitionPlan}.
 * Hints come from {@link io.rekindle.partitioner.UnitHints}, and from what {@code learn} has seen.
 *
 * <p>A plan changes speed only: whatever it says, the merge validator makes the result equal to
 * serial execution. So hints may be wrong, but a plan must hold every unit exactly once, in chain
 * order inside its partition, and must be the same for the same input. Knows nothing of Spark.
 */
package io.rekindle.partitioner;
