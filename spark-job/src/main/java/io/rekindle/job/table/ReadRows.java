package io.rekindle.job.table;

import static io.rekindle.job.table.RowOutput.text;

import io.rekindle.evm.process.Outcome;
import io.rekindle.evm.process.Unit;
import io.rekindle.evm.state.Account;
import io.rekindle.evm.state.AccountReads;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.UInt256;
import io.rekindle.job.table.RowOutput.Wei;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * The rows of what a unit read. What it learned stands there with {@code raw} false, one row for
 * each way in which it was learned; what the EVM looked at without learning it exactly has a row
 * with {@code raw} true. Values are those before the unit.
 */
final class ReadRows {
  private static final UTF8String EXACT = text("exact");
  private static final UTF8String AT_LEAST = text("at_least");
  private static final UTF8String BELOW = text("below");
  private static final UTF8String ASSUMED = text("assumed");
  private static final UTF8String EMPTY = text("empty");

  private final UnitRows rows;
  private final Encoding hex;
  private final Address sender;
  private final Outcome outcome;
  private final UnitFacts facts;

  ReadRows(UnitRows rows, Unit unit, Outcome outcome, UnitFacts facts) {
    this.rows = rows;
    this.hex = rows.encoding();
    this.outcome = outcome;
    this.facts = facts;
    this.sender = unit instanceof Unit.TransactionUnit one ? one.sender() : null;
  }

  void write() {
    int next = outcome.writes().accounts().size();
    for (AccountReads reads : outcome.reads().accounts()) {
      int written = UnitFacts.placeInWrites(outcome, reads.address());
      Account before = facts.before(written < 0 ? next++ : written);
      add(reads, before);
    }
  }

  private void add(AccountReads reads, Account before) {
    Object address = hex.address(reads.address());
    if (rows.wants(Table.BALANCE_READS)) {
      addBalance(reads, address, new Wei(before.balance()));
    }
    if (rows.wants(Table.NONCE_READS)) {
      addNonce(reads, address, before.nonce());
    }
    if (rows.wants(Table.CODE_READS)) {
      addCode(reads, address, hex.hash(before.codeHash()));
    }
    if (rows.wants(Table.STORAGE_READS)) {
      addStorage(reads, address);
    }
  }

  private void addBalance(AccountReads reads, Object address, Wei balance) {
    Table table = Table.BALANCE_READS;
    if (reads.has(AccountReads.BALANCE)) {
      add(table, address, balance, EXACT);
    } else if ((reads.rawKinds() & AccountReads.BALANCE) != 0) {
      addRaw(table, address, balance);
    }
    if (reads.has(AccountReads.AT_LEAST)) {
      rows.add(table, address, balance, AT_LEAST, new Wei(reads.balanceAtLeast()), false);
    }
    if (reads.has(AccountReads.BELOW)) {
      rows.add(table, address, balance, BELOW, new Wei(reads.balanceBelow()), false);
    }
    addEmptiness(reads, table, address, balance);
  }

  private void addNonce(AccountReads reads, Object address, long nonce) {
    Table table = Table.NONCE_READS;
    if (reads.has(AccountReads.NONCE)) {
      // Executed again on its true state, a unit looks the sender's nonce up instead: it is the
      // same read.
      add(table, address, nonce, reads.address().equals(sender) ? ASSUMED : EXACT);
    } else if ((reads.rawKinds() & AccountReads.NONCE) != 0) {
      addRaw(table, address, nonce);
    }
    addEmptiness(reads, table, address, nonce);
  }

  private void addCode(AccountReads reads, Object address, Object codeHash) {
    Table table = Table.CODE_READS;
    if (reads.has(AccountReads.CODE)) {
      add(table, address, codeHash, EXACT);
    } else if ((reads.rawKinds() & AccountReads.CODE) != 0) {
      addRaw(table, address, codeHash);
    }
    addEmptiness(reads, table, address, codeHash);
  }

  private void addStorage(AccountReads reads, Object address) {
    for (int i = 0; i < reads.slots().length; i++) {
      UInt256 slot = reads.slots()[i];
      rows.add(
          Table.STORAGE_READS,
          address,
          hex.word(slot),
          hex.word(reads.values()[i]),
          EXACT,
          new Wei(null),
          false);
    }
    if (reads.has(AccountReads.HAS_STORAGE)) {
      rows.add(Table.STORAGE_READS, address, null, null, EMPTY, new Wei(null), false);
    }
  }

  /** Emptiness is derived from balance, nonce and code, and so is a read of each. */
  private void addEmptiness(AccountReads reads, Table table, Object address, Object value) {
    if (reads.has(AccountReads.DEAD | AccountReads.EXISTS)) {
      add(table, address, value, EMPTY);
    }
  }

  private void add(Table table, Object address, Object value, UTF8String kind) {
    rows.add(table, address, value, kind, new Wei(null), false);
  }

  private void addRaw(Table table, Object address, Object value) {
    rows.add(table, address, value, EXACT, new Wei(null), true);
  }
}
