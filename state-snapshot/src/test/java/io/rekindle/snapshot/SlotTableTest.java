package io.rekindle.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rekindle.evm.state.Account;
import io.rekindle.evm.state.Code;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.UInt256;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Slots whose keys were chosen to meet in the table, and tables of every small size. */
class SlotTableTest {
  private static final Address OWNER = StateModel.address(1);
  private static final Address OTHER = StateModel.address(2);

  /** Keys that differ and have one hash: what the first limb adds the second takes away. */
  private static List<UInt256> keysOfOneHash(int count) {
    long inverse =
        BigInteger.valueOf(SlotTable.K1).modInverse(BigInteger.ONE.shiftLeft(64)).longValue();
    List<UInt256> keys = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      keys.add(UInt256.of(0, 0, -i * SlotTable.K0 * inverse, i));
    }
    return keys;
  }

  private static Snapshot snapshot(List<UInt256> keys) {
    SnapshotBuilder builder = new SnapshotBuilder(Unlisted.ABSENT);
    for (Address address : List.of(OWNER, OTHER)) {
      builder.account(address, new Account(1, UInt256.ONE, Code.EMPTY_HASH));
      for (int i = 0; i < keys.size(); i++) {
        builder.slot(keys.get(i), value(address, i));
      }
    }
    return builder.build();
  }

  private static UInt256 value(Address address, long i) {
    return UInt256.of(address.limb0(), 0, 0, i + 1);
  }

  private static void check(Snapshot snapshot, List<UInt256> there, List<UInt256> absent) {
    for (Address address : List.of(OWNER, OTHER)) {
      for (int i = 0; i < there.size(); i++) {
        assertEquals(value(address, i), snapshot.storage(address, there.get(i)));
      }
      absent.forEach(key -> assertEquals(UInt256.ZERO, snapshot.storage(address, key)));
    }
  }

  @Test
  void keysOfOneHashAreFoundAndOthersOfItAreNot() throws IOException {
    List<UInt256> keys = keysOfOneHash(300);
    long hash = SlotTable.hash(1, 2, 3, keys.get(0).limb0(), keys.get(0).limb1(), 0, 0);
    for (UInt256 key : keys) {
      assertEquals(hash, SlotTable.hash(1, 2, 3, key.limb0(), key.limb1(), 0, 0));
    }
    // Two of one hash fit no pilot; as many as these are not even tried.
    for (int count : new int[] {2, 20, 200}) {
      Snapshot snapshot = snapshot(keys.subList(0, count));
      check(snapshot, keys.subList(0, count), keys.subList(count, 300));
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      new SnapshotCodec().write(snapshot, out);
      Snapshot read = new SnapshotCodec().readSnapshot(new ByteArrayInputStream(out.toByteArray()));
      check(read, keys.subList(0, count), keys.subList(count, 300));
    }
  }

  @Test
  void everySmallSizeHoldsItsSlotsAndNoOthers() {
    List<UInt256> keys = new ArrayList<>();
    for (int i = 0; i < 130; i++) {
      // As Solidity lays out: small numbers, and text at the upper end.
      keys.add(i % 2 == 0 ? UInt256.of(i) : UInt256.of((long) i << 56, 0, 0, 0));
    }
    for (int count = 0; count <= 100; count++) {
      check(snapshot(keys.subList(0, count)), keys.subList(0, count), keys.subList(count, 130));
    }
  }
}
