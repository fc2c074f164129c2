package io.rekindle.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rekindle.evm.word.Address;
import io.rekindle.merge.Conflict;
import io.rekindle.merge.StateKey;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a run counts, and the charts of it. */
class RunFiguresTest {
  private static final long SECOND = 1_000_000_000;

  @Test
  void throughputKeepsItsSumHoweverLongTheRunIs() {
    Throughput throughput = new Throughput();
    for (long second = 0; second < 100_000; second += 7) {
      throughput.add(second * SECOND, 1000);
    }
    double[] rates = throughput.rates(100_000 * SECOND);
    double sum = Arrays.stream(rates).sum() * throughput.stepSeconds();
    assertEquals(1000 * Math.ceil(100_000 / 7.0), sum, 1e-3 * sum);
    assertTrue(rates.length <= 240);
  }

  @Test
  void conflictsAreOrderedByWasteAndBounded() {
    Conflicts conflicts = new Conflicts();
    for (int i = 1; i <= 50_000; i++) {
      conflicts.add(List.of(conflict(i, i % 1000)));
    }
    conflicts.add(List.of(conflict(7, 1_000_000), conflict(7, 5)));
    Map.Entry<Address, Conflicts.Cost> worst = conflicts.top(3).get(0);
    assertEquals(address(7), worst.getKey());
    assertTrue(worst.getValue().wastedGas() >= 1_000_005);
    assertTrue(conflicts.top(Integer.MAX_VALUE).size() <= 20_000);
  }

  private static Conflict conflict(int account, long wasted) {
    return new Conflict(
        0, new StateKey(address(account), StateKey.Kind.BALANCE, null), -1, wasted, 0);
  }

  private static Address address(int number) {
    byte[] bytes = new byte[20];
    bytes[18] = (byte) (number >> 8);
    bytes[19] = (byte) number;
    bytes[17] = (byte) (number >> 16);
    return Address.ofBytes(bytes);
  }

  @Test
  void progressSaysTheRateAndTheTimeLeft() {
    assertEquals(
        "25 of 100 blocks (25 %), 5.0 blocks/s, 10.0 Mgas/s, 15 s left",
        Progress.line(25, 100, 50_000_000, 5));
    assertTrue(Progress.line(0, 100, 0, 5).endsWith("no block is finished yet"));
    assertEquals("2 h 5 min", Progress.duration(7_510));
    assertEquals("1 min 0 s", Progress.duration(59.9));
  }

  @Test
  void chartsOfNothingAreCharts() {
    String all =
        Charts.area(new double[] {0, 0}, 1e-6, 1)
            + Charts.bars(List.of(Map.entry("a<b", 0.0)), "%.1f", false)
            + Charts.columns(List.of("x", "y"), new long[2]);
    assertFalse(all.contains("NaN") || all.contains("Infinity"), all);
    assertTrue(all.contains("a&lt;b"), all);
  }
}
