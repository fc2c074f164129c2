package io.rekindle.job;

import io.rekindle.job.output.GroupManifest;
import io.rekindle.snapshot.Snapshot;

/**
 * Where an earlier run over the same blocks got to.
 *
 * @param last the group that it committed last
 * @param state after that; null where blocks bring their own
 */
record Reached(GroupManifest last, Snapshot state) {}
