package io.rekindle.job.inspect;

import io.rekindle.evm.chain.Block;
import io.rekindle.evm.chain.Receipt;
import io.rekindle.evm.chain.Transaction;
import io.rekindle.evm.process.BlockCheck;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import io.rekindle.job.archive.ArchivedBlock;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/** Sums over blocks. Parts of an archive are summed up apart and merged. */
final class Tally {
  long blocks;
  long transactions;
  final TreeMap<Integer, Long> transactionsByType = new TreeMap<>();
  long gasUsed;
  long encodedBytes;
  long ommers;
  long missingOmmers;
  long withdrawals;
  long receipts;
  long logs;
  long prestates;

  /** Seconds since 1970, unsigned; of the first and the last block. */
  long firstTimestamp = -1;

  long lastTimestamp;

  /** Of block 0, or null. */
  Hash genesis;

  /** That transactions were signed for (EIP-155). */
  final TreeSet<UInt256> chainIds = new TreeSet<>();

  long checksPassed;
  final List<BlockCheck> failures = new ArrayList<>();

  /**
   * @param verify holds the block against its header
   */
  void add(ArchivedBlock archived, boolean verify) {
    Block block = archived.block();
    blocks++;
    gasUsed += block.header().gasUsed();
    encodedBytes += archived.encoded().length;
    ommers += block.ommers().size();
    missingOmmers += archived.missingOmmers();
    withdrawals += block.withdrawals() == null ? 0 : block.withdrawals().size();
    boolean hasPrestate = archived.companions() != null && archived.companions().prestate() != null;
    prestates += hasPrestate ? 1 : 0;
    firstTimestamp = firstTimestamp < 0 ? block.header().timestamp() : firstTimestamp;
    lastTimestamp = block.header().timestamp();
    genesis = archived.number() == 0 ? archived.hash() : genesis;
    for (Transaction transaction : block.transactions()) {
      transactions++;
      transactionsByType.merge(transaction.type(), 1L, Long::sum);
      if (transaction.chainId() != null) {
        chainIds.add(transaction.chainId());
      }
    }
    List<Receipt> read = archived.receipts();
    if (read != null) {
      receipts += read.size();
      logs += read.stream().mapToLong(receipt -> receipt.logs().size()).sum();
    }
    if (verify) {
      ListChecks.of(archived, read).forEach(this::add);
    }
  }

  private void add(BlockCheck check) {
    if (check.passed()) {
      checksPassed++;
    } else {
      failures.add(check);
    }
  }

  /** Adds the sums of blocks that come after these. */
  void addLater(Tally later) {
    blocks += later.blocks;
    transactions += later.transactions;
    later.transactionsByType.forEach(
        (type, count) -> transactionsByType.merge(type, count, Long::sum));
    gasUsed += later.gasUsed;
    encodedBytes += later.encodedBytes;
    ommers += later.ommers;
    missingOmmers += later.missingOmmers;
    withdrawals += later.withdrawals;
    receipts += later.receipts;
    logs += later.logs;
    prestates += later.prestates;
    firstTimestamp = firstTimestamp < 0 ? later.firstTimestamp : firstTimestamp;
    lastTimestamp = later.blocks == 0 ? lastTimestamp : later.lastTimestamp;
    genesis = genesis == null ? later.genesis : genesis;
    chainIds.addAll(later.chainIds);
    checksPassed += later.checksPassed;
    failures.addAll(later.failures);
  }
}
