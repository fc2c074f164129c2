package io.rekindle.evm.process;

import io.rekindle.evm.chain.Transaction;
import io.rekindle.evm.word.Address;

/**
 * The smallest thing that is executed and merged: a block's opening, one of its transactions, or
 * its closing. Everything a unit does follows from this value, its {@link BlockInput} and the state
 * that it reads.
 */
public sealed interface Unit {
  /** The block whose unit this is. */
  BlockInput block();

  /** The place in the block: 0 the opening, 1..n the transactions, n + 1 the closing (EIP-7928). */
  int blockAccessIndex();

  /** DAO fork, EIP-4788 and EIP-2935 calls before the first transaction. */
  record Opening(BlockInput block) implements Unit {
    @Override
    public int blockAccessIndex() {
      return 0;
    }
  }

  /**
   * A transaction.
   *
   * @param index in the block, from 0
   * @param sender recovered from the signature
   */
  record TransactionUnit(BlockInput block, int index, Transaction transaction, Address sender)
      implements Unit {
    @Override
    public int blockAccessIndex() {
      return index + 1;
    }
  }

  /**
   * Withdrawals, rewards, and the dequeues of EIP-7002 and EIP-7251, after the last transaction.
   */
  record Closing(BlockInput block) implements Unit {
    @Override
    public int blockAccessIndex() {
      return block.transactionCount() + 1;
    }
  }
}
