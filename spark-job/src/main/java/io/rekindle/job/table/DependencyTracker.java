package io.rekindle.job.table;

import io.rekindle.evm.process.Outcome;
import io.rekindle.evm.state.Account;
import io.rekindle.evm.state.AccountReads;
import io.rekindle.evm.state.AccountWrites;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.UInt256;
import io.rekindle.merge.StateKey;
import io.rekindle.merge.StateKey.Kind;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds for what each unit read the unit before it that it would have to wait for, were all
 * executed at the same time. Units are handed over in chain order, merged, so that the answer does
 * not depend on the plan.
 *
 * <p>Two kinds are told apart. Plainly, a unit waits for the last one that changed the balance,
 * nonce, code or slot that the EVM looked at. By meaning, it waits for the last one without which
 * it would have <em>learned</em> something else: the sender's funds sufficed long before the last
 * credit, and a fee looks at a balance without learning anything of it.
 *
 * <p>Writers further back than {@link #REACH} blocks are left out, which bounds the memory. One
 * thread at a time.
 */
public final class DependencyTracker {
  /** Blocks before a block of which its units may depend. */
  public static final long REACH = 128;

  private static final int INDEX_BITS = 24;

  private static final List<Integer> RAW =
      List.of(AccountReads.BALANCE, AccountReads.NONCE, AccountReads.CODE);

  private final Map<Address, AccountHistory> histories = new HashMap<>();
  private long sweptTo;

  /**
   * Takes the next unit.
   *
   * @param facts with the accounts before it
   * @return what it depends on
   */
  public List<Dependency> add(long block, int blockAccessIndex, Outcome outcome, UnitFacts facts) {
    sweep(block);
    long start = place(block - REACH, 0);
    List<Dependency> found = new ArrayList<>();
    int next = outcome.writes().accounts().size();
    for (AccountReads reads : outcome.reads().accounts()) {
      int written = UnitFacts.placeInWrites(outcome, reads.address());
      Account before = facts.accounts().get(written < 0 ? next++ : written);
      AccountHistory history = histories.get(reads.address());
      if (history != null) {
        addRead(reads, before, history, start, found);
      }
    }
    long place = place(block, blockAccessIndex);
    for (int i = 0; i < outcome.writes().accounts().size(); i++) {
      note(outcome.writes().accounts().get(i), facts.accounts().get(i), place);
    }
    return found;
  }

  private void sweep(long block) {
    if (block >= sweptTo + REACH) {
      histories.values().removeIf(history -> history.forget(place(block - REACH, 0)));
      sweptTo = block;
    }
  }

  private static long place(long block, int index) {
    return Math.max(0, block) << INDEX_BITS | index;
  }

  // ---------------------------------------------------------------- flat form

  /** Writes all that is remembered, for {@link #read}. */
  public void write(DataOutputStream out) throws IOException {
    out.writeLong(sweptTo);
    out.writeInt(histories.size());
    for (Map.Entry<Address, AccountHistory> entry : histories.entrySet()) {
      out.write(entry.getKey().toBytes());
      entry.getValue().write(out);
    }
  }

  /** Goes on where another tracker was written. */
  public void read(DataInputStream in) throws IOException {
    histories.clear();
    sweptTo = in.readLong();
    for (int left = in.readInt(); left > 0; left--) {
      Address address = Address.ofBytes(in.readNBytes(20));
      histories.put(address, AccountHistory.read(in));
    }
  }

  // ---------------------------------------------------------------- reads

  private static void addRead(
      AccountReads reads, Account now, AccountHistory history, long start, List<Dependency> found) {
    for (int kind : RAW) {
      if ((reads.rawKinds() & kind) != 0) {
        add(reads, null, kindOf(kind), now, history, start, found);
      }
    }
    if (reads.has(AccountReads.BALANCE | AccountReads.AT_LEAST | AccountReads.BELOW)) {
      add(reads, reads, Kind.BALANCE, now, history, start, found);
    }
    if (reads.has(AccountReads.NONCE)) {
      add(reads, reads, Kind.NONCE, now, history, start, found);
    }
    if (reads.has(AccountReads.CODE)) {
      add(reads, reads, Kind.CODE, now, history, start, found);
    }
    if (reads.has(AccountReads.DEAD)) {
      add(reads, reads, Kind.EMPTINESS, now, history, start, found);
    }
    if (reads.has(AccountReads.EXISTS)) {
      add(reads, reads, Kind.EXISTENCE, now, history, start, found);
    }
    if (reads.has(AccountReads.HAS_STORAGE)) {
      StateKey key = new StateKey(reads.address(), Kind.HAS_STORAGE, null);
      addBoth(key, history.storageChanged(), start, found);
    }
    for (UInt256 slot : reads.slots()) {
      StateKey key = new StateKey(reads.address(), Kind.STORAGE, slot);
      addBoth(key, history.changed(slot), start, found);
    }
  }

  private static Kind kindOf(int raw) {
    return switch (raw) {
      case AccountReads.BALANCE -> Kind.BALANCE;
      case AccountReads.NONCE -> Kind.NONCE;
      default -> Kind.CODE;
    };
  }

  /**
   * Adds the last unit before which the read would have been another.
   *
   * @param learned null for a plain look
   */
  private static void add(
      AccountReads reads,
      AccountReads learned,
      Kind kind,
      Account now,
      AccountHistory history,
      long start,
      List<Dependency> found) {
    long place = history.lastUnlike(kind, learned, now);
    if (place >= start) {
      StateKey key = new StateKey(reads.address(), kind, null);
      found.add(dependency(key, place, learned != null));
    }
  }

  private static void addBoth(StateKey key, long place, long start, List<Dependency> found) {
    if (place >= start) {
      found.add(dependency(key, place, false));
      found.add(dependency(key, place, true));
    }
  }

  private static Dependency dependency(StateKey key, long place, boolean semantic) {
    return new Dependency(
        key, place >>> INDEX_BITS, (int) (place & ((1 << INDEX_BITS) - 1)), semantic);
  }

  // ---------------------------------------------------------------- writes

  private void note(AccountWrites writes, Account before, long place) {
    boolean incarnation = writes.created() || writes.destroyed();
    boolean emptied = writes.touched() && (before == null || before.isEmpty());
    boolean changed =
        incarnation
            || emptied
            || writes.nonceWritten()
            || writes.code() != null
            || !writes.balanceIncrease().isZero()
            || !writes.balanceDecrease().isZero();
    if (!changed && writes.slots().length == 0) {
      return;
    }
    AccountHistory history =
        histories.computeIfAbsent(writes.address(), unused -> new AccountHistory());
    if (changed) {
      history.add(place, before);
    }
    if (incarnation) {
      history.wipe(place);
    }
    for (UInt256 slot : writes.slots()) {
      history.add(place, slot);
    }
  }
}
