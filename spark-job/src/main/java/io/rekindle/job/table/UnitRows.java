package io.rekindle.job.table;

import io.rekindle.evm.chain.Transaction;
import io.rekindle.evm.process.Outcome;
import io.rekindle.evm.process.Unit;
import io.rekindle.evm.process.UnitResult;
import io.rekindle.evm.state.Account;
import io.rekindle.evm.state.AccountReads;
import io.rekindle.evm.state.AccountWrites;
import io.rekindle.evm.state.Code;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import io.rekindle.job.table.RowOutput.Wei;
import java.util.Arrays;
import java.util.List;

/** The rows that one unit gives: what it changed, what it read, and how it was executed. */
final class UnitRows {
  private final RowOutput rows;
  private final Encoding hex;
  private final Outcome outcome;
  private final UnitFacts facts;
  private final Unit unit;
  private final Integer transactionIndex;
  private final Object transactionHash;

  private UnitRows(Unit unit, Outcome outcome, UnitFacts facts, RowOutput rows) {
    this.rows = rows;
    this.hex = rows.encoding();
    this.outcome = outcome;
    this.facts = facts;
    this.unit = unit;
    boolean isTransaction = unit instanceof Unit.TransactionUnit;
    this.transactionIndex = isTransaction ? Integer.valueOf(unit.blockAccessIndex() - 1) : null;
    this.transactionHash =
        isTransaction ? hex.hash(((Unit.TransactionUnit) unit).transaction().hash()) : null;
  }

  static void write(Unit unit, Outcome outcome, UnitFacts facts, RowOutput rows) {
    UnitRows all = new UnitRows(unit, outcome, facts, rows);
    all.addDiffs();
    all.addUnit();
    new ReadRows(all, unit, outcome, facts).write();
  }

  Encoding encoding() {
    return hex;
  }

  boolean wants(Table table) {
    return rows.wants(table);
  }

  /** Adds a row that starts with the unit's place. */
  void add(Table table, Object... cells) {
    Object[] row = new Object[cells.length + 3];
    row[0] = unit.blockAccessIndex();
    row[1] = transactionIndex;
    row[2] = transactionHash;
    System.arraycopy(cells, 0, row, 3, cells.length);
    rows.add(table, row);
  }

  // ---------------------------------------------------------------- changes

  private void addDiffs() {
    List<AccountWrites> writes = outcome.writes().accounts();
    for (int i = 0; i < writes.size(); i++) {
      addDiffs(writes.get(i), facts.before(i), facts.slots().get(i));
    }
  }

  private void addDiffs(AccountWrites writes, Account before, UInt256[] slots) {
    Object address = hex.address(writes.address());
    Account after = writes.destroyed() ? Account.EMPTY : after(before, writes);
    if (!after.balance().equals(before.balance())) {
      add(Table.BALANCE_DIFFS, address, new Wei(before.balance()), new Wei(after.balance()));
    }
    if (after.nonce() != before.nonce()) {
      add(Table.NONCE_DIFFS, address, before.nonce(), after.nonce());
    }
    if (!after.codeHash().equals(before.codeHash())) {
      add(Table.CODE_DIFFS, address, hex.hash(before.codeHash()), hex.hash(after.codeHash()));
    }
    for (int i = 0; i < slots.length; i++) {
      if (!writes.values()[i].equals(slots[i])) {
        add(
            Table.STORAGE_DIFFS,
            address,
            hex.word(writes.slots()[i]),
            hex.word(slots[i]),
            hex.word(writes.values()[i]));
      }
    }
  }

  private static Account after(Account before, AccountWrites writes) {
    return new Account(
        writes.nonceWritten() ? writes.nonce() : before.nonce(),
        before.balance().add(writes.balanceIncrease()).subtract(writes.balanceDecrease()),
        writes.code() == null ? before.codeHash() : writes.code().hash());
  }

  // ---------------------------------------------------------------- how it was executed

  private void addUnit() {
    Transaction transaction = unit instanceof Unit.TransactionUnit one ? one.transaction() : null;
    rows.add(
        Table.UNITS,
        unit.blockAccessIndex(),
        facts.partition(),
        facts.cluster(),
        facts.reruns(),
        outcome.result() instanceof UnitResult.Executed executed ? executed.gasUsed() : 0L,
        facts.nanos(),
        transaction == null ? null : hex.hash(codeHash(transaction.to())),
        transaction == null ? null : selector(transaction));
  }

  private Hash codeHash(Address called) {
    for (AccountReads reads : outcome.reads().accounts()) {
      if (reads.address().equals(called) && reads.has(AccountReads.CODE)) {
        return reads.codeHash().equals(Code.EMPTY_HASH) ? null : reads.codeHash();
      }
    }
    return null;
  }

  private Object selector(Transaction transaction) {
    return transaction.isCreate() || transaction.input().length < 4
        ? null
        : hex.bytes(Arrays.copyOf(transaction.input(), 4));
  }
}
