package io.rekindle.job.table;

import io.rekindle.evm.engine.BlockContext;
import io.rekindle.evm.process.Unit;
import io.rekindle.evm.state.Account;
import io.rekindle.evm.state.AccountReads;
import io.rekindle.evm.state.Code;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.UInt256;
import io.rekindle.merge.StateKey.Kind;
import io.rekindle.merge.wire.WireReader;
import io.rekindle.merge.wire.WireWriter;

/**
 * Reads by the first units of a range that no unit of the range wrote before: whether they wait for
 * somebody, only the ranges before know. They are kept in flat form, since there are about as many
 * as units read, and with each just what it takes to ask again.
 *
 * <pre>
 *   block, timestamp, block access index    of the reader
 *   address, account, at least, below       as it was read, and what was learned of its balance
 *   (1 + 2 * kind + semantic, slot)*, 0     the reads themselves; a slot only with storage
 * </pre>
 */
final class OpenReads {
  private static final Kind[] KINDS = Kind.values();
  private static final int END = 0;

  private WireWriter out = new WireWriter();
  private Unit unit;
  private AccountReads reads;
  private Account now;
  private boolean begun;
  private boolean empty = true;

  /**
   * The reads that are added next are of an account.
   *
   * @param account as it was read, or null
   */
  void begin(Unit reader, AccountReads readsOfIt, Account account) {
    unit = reader;
    reads = readsOfIt;
    now = account;
    begun = false;
  }

  /**
   * Adds a read.
   *
   * @param slot of storage, else null
   */
  @SuppressWarnings("EnumOrdinal") // Both ends are one build.
  void add(Kind kind, UInt256 slot, boolean semantic) {
    if (!begun) {
      writeReader();
    }
    out.number(1 + 2L * kind.ordinal() + (semantic ? 1 : 0));
    if (kind == Kind.STORAGE) {
      out.word(slot);
    }
  }

  private void writeReader() {
    BlockContext block = unit.block().context();
    out.number(block.number()).number(block.timestamp()).number(unit.blockAccessIndex());
    out.address(reads.address());
    UnitFacts.writeAccount(now, out);
    boolean exact = reads.has(AccountReads.BALANCE);
    out.optionalWord(!exact && reads.has(AccountReads.AT_LEAST) ? reads.balanceAtLeast() : null);
    out.optionalWord(!exact && reads.has(AccountReads.BELOW) ? reads.balanceBelow() : null);
    begun = true;
    empty = false;
  }

  /** No more reads of the account come. */
  void end() {
    if (begun) {
      out.number(END);
    }
  }

  /** Gives what was added since the last time, and forgets it; null where there is nothing. */
  byte[] take() {
    if (empty) {
      return null;
    }
    byte[] bytes = out.toBytes();
    out = new WireWriter();
    empty = true;
    return bytes;
  }

  // ---------------------------------------------------------------- reading

  /**
   * A unit that read something of an account.
   *
   * @param learned of the account's balance
   * @param now the account as it was read, or null
   */
  record Reader(
      long block, long timestamp, int index, Address address, AccountReads learned, Account now) {
    static Reader read(WireReader in) {
      final long block = in.number();
      final long timestamp = in.number();
      final int index = in.count();
      Address address = in.address();
      Account now = UnitFacts.readAccount(in);
      UInt256 atLeast = in.optionalWord();
      return new Reader(
          block,
          timestamp,
          index,
          address,
          OpenReads.learned(address, atLeast, in.optionalWord()),
          now);
    }
  }

  /** A read of the account. */
  record Read(Kind kind, UInt256 slot, boolean semantic) {
    /** Null after the last one of a reader. */
    static Read next(WireReader in) {
      int code = in.count();
      if (code == END) {
        return null;
      }
      Kind kind = KINDS[(code - 1) >>> 1];
      return new Read(kind, kind == Kind.STORAGE ? in.word() : null, ((code - 1) & 1) != 0);
    }
  }

  /** Exact reads are those without bounds. */
  private static AccountReads learned(Address address, UInt256 atLeast, UInt256 below) {
    int kinds =
        (atLeast == null ? 0 : AccountReads.AT_LEAST) | (below == null ? 0 : AccountReads.BELOW);
    return new AccountReads(
        address,
        kinds == 0 ? AccountReads.BALANCE : kinds,
        0,
        UInt256.ZERO,
        atLeast,
        below,
        0,
        Code.EMPTY_HASH,
        false,
        false,
        false,
        new UInt256[0],
        new UInt256[0]);
  }
}
