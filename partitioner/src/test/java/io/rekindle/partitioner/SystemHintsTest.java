package io.rekindle.partitioner;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rekindle.evm.process.Unit;
import io.rekindle.evm.process.Unit.TransactionUnit;
import io.rekindle.evm.word.UInt256;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What openings and closings touch follows from their forks, not from what was seen. */
class SystemHintsTest {
  /** Where the entries of the queues of requests begin (EIP-7002, EIP-7251). */
  private static final UInt256 QUEUE_ENTRIES = UInt256.of(4);

  /** Blocks of Paris to Osaka; entries of queues alone are not known beforehand. */
  @Test
  void everySlotOfOpeningsAndClosingsIsForeseen() {
    SampleChain chain = SampleChain.read(270);
    List<Unit> units = new ArrayList<>();
    chain.blocks().forEach(units::addAll);
    AccessHints observed = ExecutedWindow.run(chain.state(), units).observed();
    AccessHints.Builder builder = AccessHints.builder();
    for (Unit unit : units) {
      builder.startUnit();
      UnitHints.addKnown(builder, unit);
    }
    AccessHints known = builder.build();
    int slots = 0;
    for (int unit = 0; unit < units.size(); unit++) {
      if (!(units.get(unit) instanceof TransactionUnit)) {
        slots += assertForeseen(known.of(unit), observed.of(unit), "unit " + unit);
      }
    }
    assertTrue(slots > 1000, "slots of openings and closings: " + slots);
  }

  private static int assertForeseen(
      List<AccessHints.AccessHint> known, List<AccessHints.AccessHint> observed, String where) {
    Map<StateKey, AccessMode> modes = new HashMap<>();
    known.forEach(hint -> modes.put(hint.key(), hint.mode()));
    int slots = 0;
    for (AccessHints.AccessHint touch : observed) {
      StateKey key = touch.key();
      if (key.kind() == KeyKind.SLOT && (modes.containsKey(key) || !isQueueEntry(key.slot()))) {
        slots++;
        AccessMode mode = modes.get(key);
        assertTrue(mode != null, () -> where + " touches " + key);
        assertTrue(mode == AccessMode.WRITE || mode == touch.mode(), () -> where + ": " + key);
      }
    }
    return slots;
  }

  private static boolean isQueueEntry(UInt256 slot) {
    return slot.compareTo(QUEUE_ENTRIES) >= 0 && slot.compareTo(UInt256.of(1000)) < 0;
  }
}
