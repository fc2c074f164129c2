/**
 * A window on its way through executors, without Spark: what is broadcast of its blocks ({@link
 * io.rekindle.job.window.WindowBlocks}), and how a block is finished once the merge has spoken.
 */
package io.rekindle.job.window;
