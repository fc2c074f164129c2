package io.rekindle.job;

import io.rekindle.merge.MergedWindow;
import io.rekindle.merge.wire.EncodedOutcomes;

/**
 * A merged window that is to be finished.
 *
 * @param step from the state before it to the one after
 * @param task without its snapshot
 * @param outcomes of the window, those that executors gave being flat already
 */
record MergedStep(
    PreparedWindow window,
    WindowTask task,
    MergedWindow merged,
    EncodedOutcomes outcomes,
    ChainState.Step step) {}
