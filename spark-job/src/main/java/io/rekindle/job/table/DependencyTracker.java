package io.rekindle.job.table;

import io.rekindle.evm.process.Outcome;
import io.rekindle.evm.process.Unit;
import io.rekindle.evm.state.Account;
import io.rekindle.evm.state.AccountReads;
import io.rekindle.evm.state.AccountWrites;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.UInt256;
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
  private static final AccountHistory NOTHING = new AccountHistory();

  private final Map<Address, AccountHistory> histories = new HashMap<>();
  private final OpenReads openReads = new OpenReads();
  private final long openTo;
  private long sweptTo;

  /** For units that follow no others. */
  public DependencyTracker() {
    this.openTo = 0;
  }

  /**
   * For units that follow others which are not handed over; what the first ones read and none of
   * those handed over wrote is kept, for whoever knows the others.
   *
   * @param firstBlock of the units
   */
  public DependencyTracker(long firstBlock) {
    this.openTo = firstBlock + REACH;
  }

  /**
   * Takes the next unit.
   *
   * @param facts with the accounts before it
   * @return what it depends on
   */
  public List<Dependency> add(Unit unit, Outcome outcome, UnitFacts facts) {
    long block = unit.block().context().number();
    sweep(block);
    long start = firstPlace(block);
    OpenReads open = block < openTo ? openReads : null;
    List<Dependency> found = new ArrayList<>();
    int next = outcome.writes().accounts().size();
    for (AccountReads reads : outcome.reads().accounts()) {
      int written = UnitFacts.placeInWrites(outcome, reads.address());
      Account before = facts.accounts().get(written < 0 ? next++ : written);
      AccountHistory history = histories.get(reads.address());
      if (open != null) {
        open.begin(unit, reads, before);
        new ReadSearch(reads, before, history == null ? NOTHING : history, start, found, open)
            .run();
        open.end();
      } else if (history != null) {
        new ReadSearch(reads, before, history, start, found, null).run();
      }
    }
    long place = place(block, unit.blockAccessIndex());
    for (int i = 0; i < outcome.writes().accounts().size(); i++) {
      note(outcome.writes().accounts().get(i), facts.accounts().get(i), place);
    }
    return found;
  }

  /**
   * Gives in flat form what was read since the last time, and may have been written by units before
   * the first one; null where there is no such read.
   */
  public byte[] takeOpenReads() {
    return openReads.take();
  }

  /** The place of the last unit that an open read waits for; negative where there is none. */
  long lastWriter(OpenReads.Reader reader, OpenReads.Read read) {
    AccountHistory history = histories.getOrDefault(reader.address(), NOTHING);
    return switch (read.kind()) {
      case STORAGE -> history.changed(read.slot());
      case HAS_STORAGE -> history.storageChanged();
      default ->
          history.lastUnlike(read.kind(), read.semantic() ? reader.learned() : null, reader.now());
    };
  }

  private void sweep(long block) {
    if (block >= sweptTo + REACH) {
      histories.values().removeIf(history -> history.forget(firstPlace(block)));
      sweptTo = block;
    }
  }

  /** The place of the first unit on which those of a block may depend. */
  static long firstPlace(long block) {
    return place(block - REACH, 0);
  }

  private static long place(long block, int index) {
    return Math.max(0, block) << INDEX_BITS | index;
  }

  static long blockOf(long place) {
    return place >>> INDEX_BITS;
  }

  static int indexOf(long place) {
    return (int) (place & ((1 << INDEX_BITS) - 1));
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
