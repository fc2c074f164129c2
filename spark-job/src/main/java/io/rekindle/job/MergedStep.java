package io.rekindle.job;

import io.rekindle.merge.MergedWindow;

/**
 * A merged window that is to be finished.
 *
 * @param step from the state before it to the one after
 * @param task without its snapshot
 */
record MergedStep(
    PreparedWindow window, WindowTask task, MergedWindow merged, ChainState.Step step) {}
