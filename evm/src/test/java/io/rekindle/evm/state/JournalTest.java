package io.rekindle.evm.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.UInt256;
import org.junit.jupiter.api.Test;

class JournalTest {
  private static final Address CONTRACT = Address.of(0, 0, 0xc0de);

  private final Journal journal = new Journal();

  @Test
  void rollsBackEveryKindOfChangeHoweverLongTheLogGrew() {
    journal.reset(OverlayState.EMPTY);
    JournalAccount contract = journal.account(CONTRACT);
    int mark = journal.checkpoint();
    long[] value = {7, 0, 0, 0};
    for (int i = 0; i < 5_000; i++) {
      journal.addRefund(1);
      int slot = journal.slot(contract, UInt256.of(i));
      assertFalse(journal.warmSlot(slot));
      journal.store(slot, value, 0);
      journal.addBalance(contract, UInt256.ONE);
    }
    assertEquals(5_000, journal.refund());

    journal.rollback(mark);

    assertEquals(0, journal.refund());
    assertTrue(journal.balance(contract).isZero());
    for (int i = 0; i < 5_000; i++) {
      int slot = journal.slot(contract, UInt256.of(i));
      assertFalse(journal.warmSlot(slot), "slot " + i + " is still warm");
      assertEquals(0, journal.slotValues(slot)[4 * slot], "slot " + i);
    }
    assertEquals(0, journal.writes(true).accounts().size());
  }
}
