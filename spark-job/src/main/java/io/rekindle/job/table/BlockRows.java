package io.rekindle.job.table;

import io.rekindle.evm.chain.Block;
import io.rekindle.evm.chain.Header;
import io.rekindle.evm.chain.Receipt;
import io.rekindle.evm.chain.Transaction;
import io.rekindle.evm.process.BlockCheck;
import io.rekindle.evm.process.BlockRule;
import io.rekindle.evm.process.Outcome;
import io.rekindle.evm.process.Unit;
import io.rekindle.evm.process.UnitResult;
import io.rekindle.evm.state.Account;
import io.rekindle.evm.state.AccountReads;
import io.rekindle.evm.state.AccountWrites;
import io.rekindle.evm.state.Code;
import io.rekindle.evm.state.Log;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hex;
import io.rekindle.evm.word.UInt256;
import io.rekindle.job.window.BlockFinisher.FinishedBlock;
import io.rekindle.job.window.WindowBlocks;
import java.math.BigDecimal;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Makes the rows of one finished block. */
public final class BlockRows {
  /** Blocks of one {@code block_range}. */
  public static final long RANGE = 1000;

  private final WindowBlocks window;
  private final int index;
  private final RowTask task;
  private final FinishedBlock finished;
  private final Block block;
  private final Header header;
  private final Set<Table> tables;
  private final Map<Table, List<Row>> rows = new EnumMap<>(Table.class);

  private BlockRows(WindowBlocks window, RowTask task, FinishedBlock finished, Set<Table> tables) {
    this.window = window;
    this.index = task.block().block();
    this.task = task;
    this.finished = finished;
    this.block = window.block(index);
    this.header = block.header();
    this.tables = tables;
  }

  /**
   * @param finished the block that the task's outcomes give
   * @param tables that are wanted
   * @return rows in chain order, for each table that has any
   */
  public static Map<Table, List<Row>> of(
      WindowBlocks window, RowTask task, FinishedBlock finished, Set<Table> tables) {
    BlockRows rows = new BlockRows(window, task, finished, tables);
    rows.addBlock();
    rows.addChecks();
    if (finished.assembled() != null) {
      rows.addTransactions();
    }
    for (int unit = 0; unit < task.block().outcomes().size(); unit++) {
      rows.addUnit(unit);
    }
    return rows.rows;
  }

  private void add(Table table, Object... values) {
    if (!tables.contains(table)) {
      return;
    }
    List<Object> row = new ArrayList<>(values.length + 4);
    row.add(window.spec().chainId().toLongSaturated());
    row.add(header.number());
    row.add(new Timestamp(header.timestamp() * 1000));
    for (Object value : values) {
      if (value instanceof Wei wei) {
        row.add(wei.decimal());
        row.add(wei.binary());
      } else {
        row.add(value);
      }
    }
    row.add(header.number() / RANGE * RANGE);
    rows.computeIfAbsent(table, unused -> new ArrayList<>()).add(RowFactory.create(row.toArray()));
  }

  private void addBlock() {
    add(
        Table.BLOCKS,
        text(window.hash(index)),
        text(header.parentHash()),
        text(header.coinbase()),
        text(header.stateRoot()),
        text(header.transactionsRoot()),
        text(header.receiptsRoot()),
        text(header.withdrawalsRoot()),
        text(header.requestsHash()),
        Hex.encode(header.logsBloom()),
        Hex.encode(header.extraData()),
        header.gasUsed(),
        header.gasLimit(),
        number(header.baseFee()),
        header.blobGasUsed(),
        header.excessBlobGas(),
        window.ommersKnown(index) ? (long) block.encoded().length : null,
        (long) block.transactions().size(),
        new Wei(header.difficulty()),
        block.withdrawals() == null
            ? null
            : block.withdrawals().stream()
                .map(
                    w ->
                        RowFactory.create(
                            w.index(), w.validatorIndex(), text(w.address()), w.amount()))
                .toArray());
  }

  private void addChecks() {
    List<BlockCheck> checks = new ArrayList<>(finished.checks());
    if (task.stateRoot() != null) {
      checks.add(
          BlockCheck.equal(
              header.number(), BlockRule.STATE_ROOT, header.stateRoot(), task.stateRoot()));
    }
    for (BlockCheck check : checks) {
      add(
          Table.CHECKS,
          check.rule().name().toLowerCase(Locale.ROOT),
          check.expected(),
          check.actual(),
          check.passed());
    }
  }

  private void addTransactions() {
    List<Receipt> receipts = finished.assembled().receipts();
    long gasBefore = 0;
    int logIndex = 0;
    for (int i = 0; i < receipts.size(); i++) {
      Receipt receipt = receipts.get(i);
      Transaction transaction = block.transactions().get(i);
      String hash = text(transaction.hash());
      addTransaction(i, hash, transaction, receipt, receipt.cumulativeGasUsed() - gasBefore);
      gasBefore = receipt.cumulativeGasUsed();
      for (Log log : receipt.logs()) {
        add(
            Table.LOGS,
            i,
            logIndex++,
            hash,
            text(log.address()),
            topic(log, 0),
            topic(log, 1),
            topic(log, 2),
            topic(log, 3),
            Hex.encode(log.data()),
            log.data().length);
      }
    }
  }

  private void addTransaction(
      int place, String hash, Transaction transaction, Receipt receipt, long gasUsed) {
    // A block without an opening starts with its first transaction, whose access index is 1.
    int first = window.units().get(window.firstUnit(index)).blockAccessIndex();
    UnitResult.Executed result =
        (UnitResult.Executed) task.block().outcomes().get(place + 1 - first).result();
    UInt256 price = effectivePrice(transaction);
    add(
        Table.TRANSACTIONS,
        place,
        transaction.type(),
        hash,
        text(window.hash(index)),
        text(window.senders(index).get(place)),
        text(transaction.to()),
        Hex.encode(transaction.input()),
        text(result.created()),
        text(receipt.stateRoot()),
        transaction.nonce(),
        transaction.gasLimit(),
        gasUsed,
        receipt.cumulativeGasUsed(),
        number(transaction.gasPrice() == null ? price : transaction.gasPrice()),
        number(price),
        number(transaction.maxFeePerGas()),
        number(transaction.maxPriorityFeePerGas()),
        number(transaction.maxFeePerBlobGas()),
        new Wei(transaction.value()),
        result.success(),
        transaction.input().length,
        transaction.type() == 3
            ? transaction.blobHashes().stream().map(BlockRows::text).toArray()
            : null,
        transaction.type() == 0
            ? null
            : transaction.accessList().stream()
                .map(
                    entry ->
                        RowFactory.create(
                            text(entry.address()),
                            entry.slots().stream().map(BlockRows::slot).toArray()))
                .toArray(),
        transaction.type() == 4
            ? transaction.authorizations().stream()
                .map(
                    a ->
                        RowFactory.create(
                            a.chainId().toHex(),
                            text(a.delegate()),
                            a.nonce(),
                            a.yParity().toHex(),
                            slot(a.r()),
                            slot(a.s())))
                .toArray()
            : null);
  }

  /** What the sender paid a gas (EIP-1559). */
  private UInt256 effectivePrice(Transaction transaction) {
    if (transaction.gasPrice() != null) {
      return transaction.gasPrice();
    }
    UInt256 above = transaction.maxFeePerGas().subtract(header.baseFee());
    UInt256 tip = transaction.maxPriorityFeePerGas();
    return header.baseFee().add(tip.compareTo(above) < 0 ? tip : above);
  }

  private void addUnit(int place) {
    Unit unit = window.units().get(window.firstUnit(index) + place);
    Outcome outcome = task.block().outcomes().get(place);
    UnitFacts facts = task.facts().get(place);
    int access = unit.blockAccessIndex();
    Unit.TransactionUnit transaction = unit instanceof Unit.TransactionUnit one ? one : null;
    Integer number = transaction == null ? null : access - 1;
    String hash = transaction == null ? null : text(transaction.transaction().hash());
    List<AccountWrites> writes = outcome.writes().accounts();
    for (int i = 0; i < writes.size(); i++) {
      addWrites(
          new Object[] {access, number, hash},
          writes.get(i),
          facts.before().get(i),
          facts.slots().get(i));
    }
    for (AccountReads reads : outcome.reads().accounts()) {
      for (int i = 0; i < reads.slots().length; i++) {
        add(
            Table.STORAGE_READS,
            access,
            number,
            hash,
            text(reads.address()),
            slot(reads.slots()[i]),
            slot(reads.values()[i]));
      }
    }
    add(
        Table.UNITS,
        access,
        facts.partition(),
        facts.reruns(),
        outcome.result() instanceof UnitResult.Executed executed ? executed.gasUsed() : 0L,
        facts.nanos(),
        transaction == null ? null : codeHash(outcome, transaction.transaction().to()),
        transaction == null ? null : selector(transaction.transaction()));
  }

  private void addWrites(Object[] place, AccountWrites writes, Account found, UInt256[] slots) {
    String address = text(writes.address());
    Account before = found == null ? Account.EMPTY : found;
    Account after = writes.destroyed() ? Account.EMPTY : after(before, writes);
    if (!after.balance().equals(before.balance())) {
      diff(
          Table.BALANCE_DIFFS, place, address, new Wei(before.balance()), new Wei(after.balance()));
    }
    if (after.nonce() != before.nonce()) {
      diff(Table.NONCE_DIFFS, place, address, before.nonce(), after.nonce());
    }
    if (!after.codeHash().equals(before.codeHash())) {
      diff(Table.CODE_DIFFS, place, address, text(before.codeHash()), text(after.codeHash()));
    }
    for (int i = 0; i < slots.length; i++) {
      if (!writes.values()[i].equals(slots[i])) {
        diff(
            Table.STORAGE_DIFFS,
            place,
            address,
            slot(writes.slots()[i]),
            slot(slots[i]),
            slot(writes.values()[i]));
      }
    }
  }

  private void diff(Table table, Object[] place, Object... values) {
    Object[] row = Arrays.copyOf(place, place.length + values.length);
    System.arraycopy(values, 0, row, place.length, values.length);
    add(table, row);
  }

  private static Account after(Account before, AccountWrites writes) {
    return new Account(
        writes.nonceWritten() ? writes.nonce() : before.nonce(),
        before.balance().add(writes.balanceIncrease()).subtract(writes.balanceDecrease()),
        writes.code() == null ? before.codeHash() : writes.code().hash());
  }

  private static String codeHash(Outcome outcome, Address called) {
    for (AccountReads reads : outcome.reads().accounts()) {
      if (reads.address().equals(called) && reads.has(AccountReads.CODE)) {
        return reads.codeHash().equals(Code.EMPTY_HASH) ? null : text(reads.codeHash());
      }
    }
    return null;
  }

  private static String selector(Transaction transaction) {
    return transaction.isCreate() || transaction.input().length < 4
        ? null
        : Hex.encode(Arrays.copyOf(transaction.input(), 4));
  }

  /** An amount of wei. */
  private record Wei(UInt256 value) {
    /** The most that 38 decimal digits hold is more than 126 bits do. */
    private static final int DECIMAL_BITS = 126;

    BigDecimal decimal() {
      return value.bitLength() > DECIMAL_BITS ? null : new BigDecimal(value.toBigInteger());
    }

    byte[] binary() {
      return value.bitLength() > DECIMAL_BITS ? value.toBytes() : null;
    }
  }

  private static String topic(Log log, int place) {
    return place < log.topics().size() ? text(log.topics().get(place)) : null;
  }

  private static String text(Object value) {
    return value == null ? null : value.toString();
  }

  private static String slot(UInt256 value) {
    return Hex.encode(value.toBytes());
  }

  private static Long number(UInt256 value) {
    return value == null || !value.fitsLong() ? null : value.toLongSaturated();
  }
}
