package io.rekindle.snapshot;

import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.UInt256;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reads that a snapshot with {@link Unlisted#COUNTED} answered although nothing was listed. All are
 * counted, the first thousand distinct ones are named. Safe for threads.
 */
public final class UnlistedReads {
  private static final int NAMED = 1000;

  private final AtomicLong count = new AtomicLong();
  private final ConcurrentSkipListSet<String> names = new ConcurrentSkipListSet<>();

  public void account(Address address) {
    add("account " + address);
  }

  public void slot(Address address, UInt256 slot) {
    add("slot " + slot.toHex() + " of account " + address);
  }

  /** Whether an account has storage. */
  public void hasStorage(Address address) {
    add("storage of account " + address);
  }

  private void add(String name) {
    // Set sizes are counted by walking: past the first thousand reads, names are left alone.
    if (count.incrementAndGet() <= NAMED) {
      names.add(name);
    }
  }

  /** Reads, repeated ones included. */
  public long count() {
    return count.get();
  }

  /** What was read, in order of name. */
  public SortedSet<String> names() {
    return names;
  }
}
