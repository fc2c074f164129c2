package io.rekindle.evm.engine;

import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import java.util.List;

/**
 * What the EVM can learn of the transaction that it runs in.
 *
 * @param gasPrice the effective gas price in wei
 * @param blobHashes versioned hashes (BLOBHASH)
 * @param observer told of calls and hashes while they happen, or null
 */
public record TransactionContext(
    Address origin, UInt256 gasPrice, List<Hash> blobHashes, ExecutionObserver observer) {}
