package io.rekindle.evm.engine;

import io.rekindle.evm.fork.Fork;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;

/**
 * What the EVM can learn of the block that it runs in.
 *
 * @param number block number
 * @param timestamp seconds since the epoch, unsigned
 * @param coinbase the fee recipient
 * @param difficulty zero from Paris on
 * @param prevRandao the beacon chain's randomness (EIP-4399); zero before Paris
 * @param baseFee wei a gas (EIP-1559); zero before London
 * @param blobBaseFee wei a blob gas (EIP-4844, EIP-7516); zero before Cancun
 * @param ancestors answers BLOCKHASH
 */
public record BlockContext(
    Fork fork,
    UInt256 chainId,
    long number,
    long timestamp,
    Address coinbase,
    long gasLimit,
    UInt256 difficulty,
    Hash prevRandao,
    UInt256 baseFee,
    UInt256 blobBaseFee,
    AncestorHashes ancestors) {}
