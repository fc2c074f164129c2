package io.rekindle.job.source;

import io.rekindle.evm.chain.Header;
import io.rekindle.evm.chain.Receipt;
import io.rekindle.evm.chain.Transaction;
import io.rekindle.evm.state.Log;
import io.rekindle.job.archive.ArchivedBlock;
import java.util.List;
import org.apache.spark.unsafe.types.UTF8String;

/** A place in a block of which a row is made. What is dear is made once, and only if asked for. */
final class SourceRow {
  private final ArchivedBlock archived;
  private List<Receipt> receipts;
  private UTF8String blockHash;
  private UTF8String transactionHash;
  private int transactionIndex = -1;
  private Log log;
  private int logIndex = -1;

  SourceRow(ArchivedBlock archived) {
    this.archived = archived;
  }

  ArchivedBlock archived() {
    return archived;
  }

  Header header() {
    return archived.block().header();
  }

  UTF8String blockHash() {
    if (blockHash == null) {
      blockHash = Internal.text(archived.hash());
    }
    return blockHash;
  }

  /** The block's receipts, or null where the archive has none. */
  List<Receipt> receipts() {
    if (receipts == null) {
      receipts = archived.receipts();
    }
    return receipts;
  }

  void moveToTransaction(int index) {
    transactionIndex = index;
    transactionHash = null;
  }

  void moveToLog(Log next, int index) {
    log = next;
    logIndex = index;
  }

  int transactionIndex() {
    return transactionIndex;
  }

  Transaction transaction() {
    return archived.block().transactions().get(transactionIndex);
  }

  UTF8String transactionHash() {
    if (transactionHash == null) {
      transactionHash = Internal.text(transaction().hash());
    }
    return transactionHash;
  }

  /** The transaction's receipt, or null where the archive has none. */
  Receipt receipt() {
    List<Receipt> all = receipts();
    return all == null ? null : all.get(transactionIndex);
  }

  /** Gas that the transaction used, by its receipt and the one before; null without receipts. */
  Long gasUsed() {
    Receipt receipt = receipt();
    if (receipt == null) {
      return null;
    }
    long before =
        transactionIndex == 0 ? 0 : receipts().get(transactionIndex - 1).cumulativeGasUsed();
    return receipt.cumulativeGasUsed() - before;
  }

  Log log() {
    return log;
  }

  int logIndex() {
    return logIndex;
  }
}
