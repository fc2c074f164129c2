/**
 * Where blocks come from. {@link io.rekindle.job.archive.Archives} recognises an archive by its
 * content; a {@link io.rekindle.job.archive.BlockSource} is made on the driver and says what is
 * there; its {@link io.rekindle.job.archive.BlockSplit}s are read on executors.
 */
package io.rekindle.job.archive;
