package io.rekindle.job;

/**
 * How a run cuts and plans its windows.
 *
 * @param strategy of the partitioner, by name
 * @param windowGas gas after which a window is closed
 * @param maxWindowBlocks blocks after which it is closed whatever their gas
 * @param cores that execute at the same time
 */
public record RunSettings(String strategy, long windowGas, int maxWindowBlocks, int cores) {}
