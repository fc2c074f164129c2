package io.rekindle.evm.process;

import io.rekindle.evm.engine.BlockContext;
import io.rekindle.evm.engine.EvmEngine;
import io.rekindle.evm.engine.ExecutionObserver;
import io.rekindle.evm.state.Journal;
import io.rekindle.evm.word.Address;

/** What happens before a block's first transaction. */
final class BlockOpening {
  /** EIP-4788. */
  private static final Address BEACON_ROOTS =
      Address.ofHex("0x000f3df6d732807ef1319fb7b8bb8522d0beac02");

  /** EIP-2935. */
  private static final Address HISTORY_STORAGE =
      Address.ofHex("0x0000f90827f1c53a10cb7a02335b175320002935");

  private BlockOpening() {}

  static UnitResult process(
      Journal journal, EvmEngine engine, BlockInput input, ExecutionObserver observer) {
    BlockContext block = input.context();
    if (input.daoFork()) {
      DaoFork.moveBalances(journal);
    }
    if (block.fork().beaconRoots()) {
      byte[] root = input.parentBeaconBlockRoot().toBytes();
      SystemCall.run(journal, engine, block, BEACON_ROOTS, root, observer);
    }
    if (block.fork().historyStorage()) {
      byte[] parent = input.parentHash().toBytes();
      SystemCall.run(journal, engine, block, HISTORY_STORAGE, parent, observer);
    }
    return new UnitResult.Opened();
  }
}
