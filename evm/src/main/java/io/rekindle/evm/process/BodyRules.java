package io.rekindle.evm.process;

import io.rekindle.evm.chain.Block;
import io.rekindle.evm.chain.Header;
import io.rekindle.evm.chain.Roots;
import io.rekindle.evm.fork.Fork;
import io.rekindle.evm.word.Hash;
import java.util.ArrayList;
import java.util.List;

/** Holds a block's body against what its header claims of it; nothing is executed. */
public final class BodyRules {
  private BodyRules() {}

  public static List<BlockCheck> check(Block block, Fork fork) {
    Header header = block.header();
    long number = header.number();
    List<BlockCheck> checks = new ArrayList<>();
    checks.add(
        BlockCheck.equal(
            number, BlockRule.OMMERS_HASH, header.ommersHash(), Roots.ommers(block.ommers())));
    checks.add(
        BlockCheck.equal(
            number,
            BlockRule.TRANSACTIONS_ROOT,
            header.transactionsRoot(),
            Roots.transactions(block.transactions())));
    checks.add(
        BlockCheck.equal(
            number, BlockRule.WITHDRAWALS_ROOT, header.withdrawalsRoot(), withdrawalsRoot(block)));
    if (fork.maxBlockSize() != Long.MAX_VALUE) {
      int size = block.encoded().length;
      checks.add(
          new BlockCheck(
              number,
              BlockRule.BLOCK_SIZE,
              "at most " + fork.maxBlockSize(),
              String.valueOf(size),
              size <= fork.maxBlockSize()));
    }
    return checks;
  }

  private static Hash withdrawalsRoot(Block block) {
    return block.withdrawals() == null ? null : Roots.withdrawals(block.withdrawals());
  }
}
