package io.rekindle.evm.state;

import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import java.util.List;

/**
 * A log entry of a transaction.
 *
 * @param topics at most four
 * @param data not to be changed
 */
public record Log(Address address, List<Hash> topics, byte[] data) {}
