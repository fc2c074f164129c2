package io.rekindle.snapshot;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rekindle.evm.state.Account;
import io.rekindle.evm.state.Code;
import io.rekindle.evm.word.UInt256;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.openjdk.jol.info.GraphLayout;

/** What snapshots weigh, by a heap tool, and how long their wire form takes. */
class SnapshotSizeTest {
  private static Snapshot snapshot(int accounts, int slotsEach) {
    SnapshotBuilder builder = new SnapshotBuilder(Unlisted.ABSENT);
    for (int i = 0; i < accounts; i++) {
      builder.account(
          StateModel.address(i), new Account(i, UInt256.of(i, i, i, i), Code.EMPTY_HASH));
      for (int slot = 0; slot < slotsEach; slot++) {
        builder.slot(UInt256.of(slot * 77L, i, slot, i), UInt256.of(1, 2, 3, slot));
      }
    }
    return builder.build();
  }

  private static long bytes(Snapshot snapshot) {
    return GraphLayout.parseInstance(snapshot).totalSize();
  }

  @Test
  void anAccountTakesAtMost150Bytes() {
    // Just over a power of two is the worst case of the index.
    for (int count : new int[] {100_000, 131_073}) {
      double each = (double) bytes(snapshot(count, 0)) / count;
      System.out.printf("%,d accounts: %.1f bytes each%n", count, each);
      assertTrue(each <= 150, () -> each + " bytes an account");
    }
  }

  @Test
  void aSlotTakesAtMost100Bytes() {
    long accounts = bytes(snapshot(1000, 0));
    for (int each : new int[] {1000, 1049}) {
      double slot = (double) (bytes(snapshot(1000, each)) - accounts) / (1000L * each);
      System.out.printf("%,d slots: %.1f bytes each%n", 1000 * each, slot);
      assertTrue(slot <= 100, () -> slot + " bytes a slot");
    }
  }

  @Test
  void aMillionSlotsAreWrittenAndReadWithinASecondEach() throws IOException {
    Snapshot snapshot = snapshot(1000, 1000);
    SnapshotCodec codec = new SnapshotCodec();
    long bestWrite = Long.MAX_VALUE;
    long bestRead = Long.MAX_VALUE;
    for (int round = 0; round < 3; round++) {
      long start = System.nanoTime();
      ByteArrayOutputStream out = new ByteArrayOutputStream(80_000_000);
      codec.write(snapshot, out);
      long written = System.nanoTime();
      byte[] bytes = out.toByteArray();
      long again = System.nanoTime();
      Snapshot read = codec.readSnapshot(new ByteArrayInputStream(bytes));
      bestRead = Math.min(bestRead, System.nanoTime() - again);
      bestWrite = Math.min(bestWrite, written - start);
      assertTrue(read.slotCount() == 1_000_000);
    }
    System.out.printf(
        "1 M slots: write %d ms, read %d ms%n", bestWrite / 1_000_000, bestRead / 1_000_000);
    assertTrue(bestWrite < 1_000_000_000L && bestRead < 1_000_000_000L);
  }
}
