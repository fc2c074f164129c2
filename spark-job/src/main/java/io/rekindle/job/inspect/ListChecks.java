package io.rekindle.job.inspect;

import io.rekindle.evm.chain.Block;
import io.rekindle.evm.chain.Header;
import io.rekindle.evm.chain.LogsBloom;
import io.rekindle.evm.chain.Receipt;
import io.rekindle.evm.fork.Fork;
import io.rekindle.evm.process.AssembledBlock;
import io.rekindle.evm.process.BlockCheck;
import io.rekindle.evm.process.BlockRule;
import io.rekindle.evm.process.BodyRules;
import io.rekindle.job.archive.ArchivedBlock;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds what an archive has of a block against the block's own header: the roots of its
 * transactions, ommers and withdrawals, and of its receipts where the archive has them, with their
 * gas and blooms. Nothing is executed, so that no state is needed.
 */
final class ListChecks {
  /** Its rules add none: what lists hash to is the same in every fork. */
  private static final Fork ANY = Fork.FRONTIER;

  private ListChecks() {}

  static List<BlockCheck> of(ArchivedBlock archived, List<Receipt> receipts) {
    Block block = archived.block();
    List<BlockCheck> checks = new ArrayList<>(BodyRules.check(block, ANY));
    if (archived.missingOmmers() > 0) {
      checks.removeIf(check -> check.rule() == BlockRule.OMMERS_HASH);
    }
    if (receipts != null) {
      checks.addAll(receiptChecks(block.header(), block.transactions().size(), receipts));
    }
    return checks;
  }

  private static List<BlockCheck> receiptChecks(
      Header header, int transactions, List<Receipt> receipts) {
    byte[] bloom = new byte[LogsBloom.SIZE];
    for (Receipt receipt : receipts) {
      LogsBloom.accumulate(bloom, LogsBloom.of(receipt.logs()));
    }
    long gas = receipts.isEmpty() ? 0 : receipts.get(receipts.size() - 1).cumulativeGasUsed();
    List<BlockCheck> checks = new ArrayList<>();
    if (receipts.size() != transactions) {
      checks.add(
          new BlockCheck(
              header.number(),
              BlockRule.RECEIPTS_ROOT,
              transactions + " receipts, one a transaction",
              receipts.size() + " receipts",
              false));
    }
    checks.addAll(
        new AssembledBlock(receipts, true, gas, 0, bloom, List.of()).check(header, ANY, null));
    return checks;
  }
}
