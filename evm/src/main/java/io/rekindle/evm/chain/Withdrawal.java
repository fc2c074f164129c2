package io.rekindle.evm.chain;

import io.rekindle.evm.word.Address;

/**
 * A withdrawal from the beacon chain (EIP-4895).
 *
 * @param amount in gwei, unsigned
 */
public record Withdrawal(long index, long validatorIndex, Address address, long amount) {}
