package io.rekindle.merge;

import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.UInt256;

/** An account's summary as it comes from an executor. */
public record KnownAccount(
    Address address,
    int flags,
    UInt256 gained,
    UInt256 lost,
    UInt256 spare,
    UInt256 room,
    int lastMention)
    implements AccountSummary {}
