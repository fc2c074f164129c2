package io.rekindle.evm.chain;

import io.rekindle.evm.rlp.RlpWriter;
import io.rekindle.evm.word.Address;

/**
 * A withdrawal from the beacon chain (EIP-4895).
 *
 * @param amount in gwei, unsigned
 */
public record Withdrawal(long index, long validatorIndex, Address address, long amount) {
  /** The withdrawal's RLP, which the withdrawals trie holds. */
  public byte[] encoded() {
    RlpWriter writer = new RlpWriter(64);
    BlockRlp.write(this, writer);
    return writer.toBytes();
  }
}
