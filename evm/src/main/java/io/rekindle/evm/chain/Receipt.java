package io.rekindle.evm.chain;

import io.rekindle.evm.state.Log;
import io.rekindle.evm.word.Hash;
import java.util.List;

/**
 * A transaction's receipt.
 *
 * @param type of the transaction
 * @param stateRoot after the transaction, before Byzantium; else null
 * @param success the status from Byzantium on (EIP-658)
 * @param cumulativeGasUsed of the block up to and with this transaction
 * @param logsBloom 256 bytes
 */
public record Receipt(
    int type,
    Hash stateRoot,
    boolean success,
    long cumulativeGasUsed,
    byte[] logsBloom,
    List<Log> logs) {}
