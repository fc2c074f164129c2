package io.rekindle.evm.chain;

import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.UInt256;
import java.util.List;

/** An account and slots of it that a transaction announces (EIP-2930). */
public record AccessListEntry(Address address, List<UInt256> slots) {}
