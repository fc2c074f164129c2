package io.rekindle.job;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BlockFeedTest {
  @Test
  void firstWindowsAreSmallInPairs() {
    assertEquals(
        List.of(100L, 100L, 400L, 400L, 1600L, 1600L, 1600L),
        IntStream.range(0, 7).mapToObj(window -> BlockFeed.targetGas(1600, window)).toList());
  }

  @Test
  void laterWindowsAreFullHoweverManyThereWere() {
    for (int window : new int[] {31, 32, 33, 62, 63, 64, 65, 1_000_000, Integer.MAX_VALUE}) {
      assertEquals(200_000_000, BlockFeed.targetGas(200_000_000, window));
    }
  }

  @Test
  void everyWindowHasSomeGas() {
    assertEquals(1, BlockFeed.targetGas(1, 0));
  }
}
