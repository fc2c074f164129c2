/**
 * State that a window starts from: how it is made, kept, shipped and proven. Start at {@link
 * io.rekindle.snapshot.StateSink}, what every source of state feeds. Knows nothing of Spark, and of
 * Hadoop only in its package {@code store}.
 */
package io.rekindle.snapshot;
