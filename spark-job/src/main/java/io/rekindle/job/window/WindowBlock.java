package io.rekindle.job.window;

import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import java.util.List;
import java.util.Map;

/**
 * A decoded block with what only its surroundings know.
 *
 * @param encoded RLP of the block
 * @param senders of its transactions, in order; null where a signature gives none
 * @param ancestors hashes of earlier blocks by number, for BLOCKHASH
 * @param ommersKnown whether the block has all ommers that its header commits to
 * @param totalDifficulty from genesis up to and with the block, or null where it is not known
 */
public record WindowBlock(
    byte[] encoded,
    Hash hash,
    List<Address> senders,
    Map<Long, Hash> ancestors,
    boolean ommersKnown,
    UInt256 totalDifficulty) {}
