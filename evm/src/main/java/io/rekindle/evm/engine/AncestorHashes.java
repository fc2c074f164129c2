package io.rekindle.evm.engine;

import io.rekindle.evm.word.Hash;

/** The hashes of the 256 blocks before a block. Part of a unit's fixed inputs, not of the state. */
@FunctionalInterface
public interface AncestorHashes {
  /**
   * The hash of an ancestor; asked only for the last 256 numbers before the block.
   *
   * @throws io.rekindle.evm.state.MissingStateException where the input does not hold it
   */
  Hash hash(long number);
}
