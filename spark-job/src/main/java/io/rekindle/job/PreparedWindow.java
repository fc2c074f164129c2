package io.rekindle.job;

import io.rekindle.evm.state.StateReader;
import io.rekindle.job.window.WindowBlocks;
import org.apache.spark.broadcast.Broadcast;

/**
 * A window that is decoded, shipped and planned, and only waits for its state.
 *
 * @param blocks the flat form of {@code window}
 * @param what the blocks, for people
 * @param plannedOn the state that the plan was made on
 * @param sidecars of its blocks, as an earlier run left them; null where there are none
 * @param meter gathers what the window takes
 */
record PreparedWindow(
    WindowBlocks window,
    Broadcast<byte[]> blocks,
    WindowPlan plan,
    String what,
    StateReader plannedOn,
    ClaimedSidecars sidecars,
    WindowMeter meter) {}
