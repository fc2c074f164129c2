package io.rekindle.snapshot.sidecar;

import io.rekindle.evm.state.Code;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.UInt256;
import java.util.List;

/**
 * What a block's units did with one account (EIP-7928's AccountChanges). Lists are in order of
 * slot, or of block access index; empty where nothing happened.
 *
 * @param storageReads slots that were read and not changed by any unit
 * @param nonces unsigned
 */
public record AccountAccess(
    Address address,
    List<SlotChanges> storageChanges,
    List<UInt256> storageReads,
    List<IndexedChange<UInt256>> balances,
    List<IndexedChange<Long>> nonces,
    List<IndexedChange<Code>> codes) {}
