package io.rekindle.evm.state;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.UInt256;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OverlayStateTest {
  private static final int ACCOUNTS = 6;

  private final Random random = new Random(3);

  private static Address address(int number) {
    byte[] bytes = new byte[20];
    bytes[19] = (byte) (number + 1);
    return Address.ofBytes(bytes);
  }

  private static OverlayState base() {
    OverlayState base = new OverlayState(OverlayState.EMPTY);
    for (int i = 0; i < ACCOUNTS / 2; i++) {
      base.put(
          address(i),
          new Account(1, UInt256.of(5), Code.EMPTY_HASH),
          Code.EMPTY,
          Map.of(UInt256.of(1), UInt256.of(9)));
    }
    return base;
  }

  private WriteSet someWrites() {
    List<AccountWrites> writes = new ArrayList<>();
    for (int i = 0; i < ACCOUNTS; i++) {
      if (random.nextInt(3) == 0) {
        writes.add(someWrites(address(i)));
      }
    }
    return new WriteSet(writes, random.nextBoolean());
  }

  private AccountWrites someWrites(Address address) {
    boolean slot = random.nextBoolean();
    return new AccountWrites(
        address,
        UInt256.of(random.nextInt(2)),
        UInt256.ZERO,
        random.nextInt(4) == 0,
        random.nextInt(2),
        random.nextInt(5) == 0 ? Code.of(new byte[] {(byte) random.nextInt(3)}) : null,
        random.nextInt(8) == 0,
        random.nextInt(8) == 0,
        random.nextBoolean(),
        slot ? new UInt256[] {UInt256.of(random.nextInt(3))} : new UInt256[0],
        slot ? new UInt256[] {UInt256.of(random.nextInt(3))} : new UInt256[0]);
  }

  private static void assertSame(OverlayState expected, OverlayState found) {
    assertEquals(expected.changes().keySet(), found.changes().keySet());
    expected
        .changes()
        .forEach(
            (address, change) -> {
              OverlayState.Change other = found.changes().get(address);
              assertEquals(change.base(), other.base());
              assertEquals(change.account(), other.account());
              assertEquals(change.cleared(), other.cleared());
              assertEquals(change.slots(), other.slots());
            });
    assertEquals(expected.codes().keySet(), found.codes().keySet());
  }

  @Test
  void changesOfAnOverlayAreThoseOfItsUnits() {
    for (int round = 0; round < 300; round++) {
      OverlayState base = base();
      OverlayState oneByOne = new OverlayState(base);
      OverlayState inSteps = new OverlayState(base);
      for (int step = 0; step < 4; step++) {
        OverlayState above = new OverlayState(inSteps);
        for (int unit = 0; unit < 3; unit++) {
          WriteSet writes = someWrites();
          oneByOne.apply(writes);
          above.apply(writes);
        }
        inSteps.apply(above);
      }
      assertSame(oneByOne, inSteps);
    }
  }
}
