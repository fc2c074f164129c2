package io.rekindle.evm.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.UInt256;
import org.junit.jupiter.api.Test;

/** The undo log grows at whatever kind of change meets its end. */
class JournalUndoLogTest {
  private static final int MORE_THAN_THE_FIRST_LOG = 600;

  @Test
  void refundsAreUndoneAcrossGrowth() {
    Journal journal = new Journal();
    journal.reset(OverlayState.EMPTY);
    int checkpoint = journal.checkpoint();
    for (int entry = 0; entry < MORE_THAN_THE_FIRST_LOG; entry++) {
      journal.addRefund(1);
    }
    assertEquals(MORE_THAN_THE_FIRST_LOG, journal.refund());
    journal.rollback(checkpoint);
    assertEquals(0, journal.refund());
  }

  @Test
  void warmSlotsAreUndoneAcrossGrowth() {
    Journal journal = new Journal();
    journal.reset(OverlayState.EMPTY);
    int checkpoint = journal.checkpoint();
    JournalAccount account = journal.account(Address.of(0, 0, 7));
    for (int key = 0; key < MORE_THAN_THE_FIRST_LOG; key++) {
      assertFalse(journal.warmSlot(journal.slot(account, UInt256.of(key))));
    }
    journal.rollback(checkpoint);
    for (int key = 0; key < MORE_THAN_THE_FIRST_LOG; key++) {
      assertFalse(journal.warmSlot(journal.slot(account, UInt256.of(key))));
    }
  }
}
