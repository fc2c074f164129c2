package io.rekindle.snapshot.sidecar;

import io.rekindle.evm.word.UInt256;
import java.util.List;

/** The values of one slot after each unit that changed it, in order. */
public record SlotChanges(UInt256 slot, List<IndexedChange<UInt256>> changes) {}
