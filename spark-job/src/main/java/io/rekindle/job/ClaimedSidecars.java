package io.rekindle.job;

import io.rekindle.snapshot.sidecar.Sidecar;
import java.util.List;

/**
 * The sidecars of a window's blocks as an earlier run left them, not proven yet.
 *
 * @param flat for executors
 * @param decoded the same, one a block
 */
record ClaimedSidecars(WindowSidecarBytes flat, List<Sidecar> decoded) {}
