package io.rekindle.benchmarks;

import io.rekindle.snapshot.Snapshot;
import io.rekindle.snapshot.SnapshotBuilder;
import io.rekindle.snapshot.Unlisted;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.IntToLongFunction;

/**
 * Lookups in a slice of a million slots, held against what the machine itself takes for a read of
 * one cache line somewhere in as much memory where each read tells where the next one is. By the
 * CPU time of the thread, in rounds that take turns, so that other programs spoil all alike.
 *
 * <p>Lookups come one after the other as in a benchmark, where a processor may begin the next
 * before the last has ended; {@code chained} ones wait for the value of the one before.
 */
public final class LookupReport {
  private static final int ACCOUNTS = 20_000;
  private static final int SLOTS_EACH = 50;
  private static final int SLOTS = ACCOUNTS * SLOTS_EACH;
  private static final int LINE_WORDS = 8;
  private static final int ROUNDS = 24;
  private static final int WARM_ROUNDS = 6;
  private static final int STEPS = 400_000;

  private final StateKeys keys = new StateKeys(ACCOUNTS, SLOTS_EACH, 1);
  private final StateKeys others = new StateKeys(ACCOUNTS, SLOTS_EACH, 2);
  private final long[] lines = new Random(3).longs((long) LINE_WORDS * SLOTS).toArray();
  private final Snapshot snapshot;
  private long sum;

  private LookupReport() {
    SnapshotBuilder builder = new SnapshotBuilder(Unlisted.ABSENT);
    keys.writeTo(builder);
    snapshot = builder.build();
  }

  public static void main(String[] arguments) {
    new LookupReport().run();
  }

  private void run() {
    Map<String, IntToLongFunction> lookups = new LinkedHashMap<>();
    lookups.put("one cache line, chained", this::lines);
    lookups.put("slot", this::slots);
    lookups.put("slot, chained", this::chainedSlots);
    lookups.put("slot that is not there", this::absentSlots);
    lookups.put("account", this::accounts);
    Map<String, long[]> nanos = new LinkedHashMap<>();
    for (int round = 0; round < ROUNDS; round++) {
      for (Map.Entry<String, IntToLongFunction> lookup : lookups.entrySet()) {
        long spent = CpuClock.time(() -> sum += lookup.getValue().applyAsLong(STEPS));
        nanos.computeIfAbsent(lookup.getKey(), name -> new long[ROUNDS])[round] = spent;
      }
    }
    double line = 0;
    for (Map.Entry<String, long[]> lookup : nanos.entrySet()) {
      long[] warm = Arrays.copyOfRange(lookup.getValue(), WARM_ROUNDS, ROUNDS);
      Arrays.sort(warm);
      double median = (double) warm[warm.length / 2] / STEPS;
      line = line == 0 ? median : line;
      System.out.printf(
          Locale.ROOT,
          "%-24s best %6.1f ns, median %6.1f ns, %.2f of a cache line's median%n",
          lookup.getKey(),
          (double) warm[0] / STEPS,
          median,
          median / line);
    }
    if (sum == 0) {
      throw new IllegalStateException("so many lookups do not add up to nothing");
    }
  }

  private long lines(int steps) {
    long read = sum;
    for (int i = 0; i < steps; i++) {
      int line = (int) ((((read * 0x9E3779B97F4A7C15L) >>> 32) * SLOTS) >>> 32);
      read = lines[LINE_WORDS * line] + i;
    }
    return read;
  }

  private long slots(int steps) {
    long read = 0;
    for (int i = 0; i < steps; i++) {
      keys.step();
      read += snapshot.storage(keys.address(), keys.slot()).limb0();
    }
    return read;
  }

  private long chainedSlots(int steps) {
    long read = 0;
    for (int i = 0; i < steps; i++) {
      keys.step(1 + (int) (read & 1));
      read = snapshot.storage(keys.address(), keys.slot()).limb0();
    }
    return read;
  }

  private long absentSlots(int steps) {
    long read = 0;
    for (int i = 0; i < steps; i++) {
      keys.step();
      others.step();
      read += snapshot.storage(keys.address(), others.slot()).limb0();
    }
    return read;
  }

  private long accounts(int steps) {
    long read = 0;
    for (int i = 0; i < steps; i++) {
      keys.step();
      read += snapshot.account(keys.address()).nonce();
    }
    return read;
  }
}
