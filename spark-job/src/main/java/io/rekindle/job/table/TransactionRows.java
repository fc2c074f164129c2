package io.rekindle.job.table;

import static io.rekindle.job.table.RowOutput.number;
import static io.rekindle.job.table.RowOutput.text;

import io.rekindle.evm.chain.Transaction;
import io.rekindle.evm.process.Outcome;
import io.rekindle.evm.process.UnitResult;
import io.rekindle.evm.state.Log;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import io.rekindle.job.table.RowOutput.Wei;
import io.rekindle.job.window.WindowBlocks;
import java.util.List;
import org.apache.spark.sql.catalyst.util.GenericArrayData;

/** The rows of {@code transactions}, {@code logs} and {@code traces} of one block. */
final class TransactionRows {
  private static final int BLOB_TYPE = 3;
  private static final int SET_CODE_TYPE = 4;

  private final WindowBlocks window;
  private final int index;
  private final RowTask task;
  private final RowOutput rows;
  private final Encoding hex;
  private final TraceRows traces;
  private int transactions;
  private long cumulativeGas;
  private int logIndex;

  private TransactionRows(WindowBlocks window, RowTask task, RowOutput rows) {
    this.window = window;
    this.index = task.block().block();
    this.task = task;
    this.rows = rows;
    this.hex = rows.encoding();
    this.traces = new TraceRows(rows);
  }

  static void write(WindowBlocks window, RowTask task, RowOutput rows) {
    TransactionRows all = new TransactionRows(window, task, rows);
    List<Outcome> outcomes = task.block().outcomes();
    for (int unit = 0; unit < outcomes.size(); unit++) {
      if (outcomes.get(unit).result() instanceof UnitResult.Executed executed) {
        all.add(unit, executed, outcomes.get(unit));
      }
    }
  }

  private void add(int unit, UnitResult.Executed result, Outcome outcome) {
    int place = transactions++;
    cumulativeGas += result.gasUsed();
    Transaction transaction = window.block(index).transactions().get(place);
    Object hash = hex.hash(transaction.hash());
    if (rows.wants(Table.TRANSACTIONS)) {
      addTransaction(place, hash, transaction, result, rootAfter(unit));
    }
    if (rows.wants(Table.LOGS)) {
      addLogs(place, hash, outcome.logs());
    }
    if (rows.wants(Table.TRACES)) {
      traces.add(place, hash, outcome.frames());
    }
  }

  /** The state root in the receipt, before Byzantium; null where there is none or it is unknown. */
  private Hash rootAfter(int unit) {
    List<Hash> roots = task.block().stateRoots();
    return roots == null || window.fork(index).statusReceipts() ? null : roots.get(unit);
  }

  private void addLogs(int place, Object hash, List<Log> logs) {
    for (Log log : logs) {
      rows.add(
          Table.LOGS,
          place,
          logIndex++,
          hash,
          hex.address(log.address()),
          topic(log, 0),
          topic(log, 1),
          topic(log, 2),
          topic(log, 3),
          hex.bytes(log.data()),
          log.data().length);
    }
  }

  private Object topic(Log log, int place) {
    return place < log.topics().size() ? hex.hash(log.topics().get(place)) : null;
  }

  private void addTransaction(
      int place, Object hash, Transaction transaction, UnitResult.Executed result, Hash root) {
    UInt256 price = effectivePrice(transaction);
    rows.add(
        Table.TRANSACTIONS,
        place,
        transaction.type(),
        hash,
        hex.hash(window.hash(index)),
        hex.address(window.senders(index).get(place)),
        hex.address(transaction.to()),
        hex.bytes(transaction.input()),
        hex.address(result.created()),
        hex.hash(root),
        transaction.nonce(),
        transaction.gasLimit(),
        result.gasUsed(),
        cumulativeGas,
        number(transaction.gasPrice() == null ? price : transaction.gasPrice()),
        number(price),
        number(transaction.maxFeePerGas()),
        number(transaction.maxPriorityFeePerGas()),
        number(transaction.maxFeePerBlobGas()),
        new Wei(transaction.value()),
        result.success(),
        transaction.input().length,
        transaction.type() == BLOB_TYPE
            ? RowOutput.array(transaction.blobHashes(), hex::hash)
            : null,
        accessList(transaction),
        authorizations(transaction));
  }

  private GenericArrayData accessList(Transaction transaction) {
    return transaction.type() == 0
        ? null
        : RowOutput.array(
            transaction.accessList(),
            entry ->
                RowOutput.struct(
                    hex.address(entry.address()), RowOutput.array(entry.slots(), hex::word)));
  }

  private GenericArrayData authorizations(Transaction transaction) {
    return transaction.type() != SET_CODE_TYPE
        ? null
        : RowOutput.array(
            transaction.authorizations(),
            one ->
                RowOutput.struct(
                    text(one.chainId().toHex()),
                    hex.address(one.delegate()),
                    one.nonce(),
                    text(one.yParity().toHex()),
                    hex.word(one.r()),
                    hex.word(one.s())));
  }

  /** What the sender paid a gas (EIP-1559). */
  private UInt256 effectivePrice(Transaction transaction) {
    if (transaction.gasPrice() != null) {
      return transaction.gasPrice();
    }
    UInt256 base = window.block(index).header().baseFee();
    UInt256 above = transaction.maxFeePerGas().subtract(base);
    UInt256 tip = transaction.maxPriorityFeePerGas();
    return base.add(tip.compareTo(above) < 0 ? tip : above);
  }
}
