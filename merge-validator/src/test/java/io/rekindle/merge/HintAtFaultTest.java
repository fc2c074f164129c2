package io.rekindle.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.UInt256;
import io.rekindle.merge.HintAtFault.Cause;
import io.rekindle.partitioner.AccessHints;
import io.rekindle.partitioner.AccessMode;
import io.rekindle.partitioner.HintSource;
import io.rekindle.partitioner.KeyKind;
import org.junit.jupiter.api.Test;

class HintAtFaultTest {
  private static final Address TOKEN = Address.of(0, 0, 77);
  private static final UInt256 SLOT = UInt256.of(5);
  private static final int WRITER = 0;
  private static final int READER = 1;

  private final AccessHints.Builder hints = AccessHints.builder();

  @Test
  void readerNobodyExpected() {
    unit().addSlot(TOKEN, SLOT, AccessMode.WRITE, HintSource.TEMPLATE);
    unit().add(TOKEN, KeyKind.CODE, AccessMode.READ, HintSource.TRANSACTION);
    assertEquals(new HintAtFault(Cause.READER_UNEXPECTED, HintSource.TRANSACTION), atFault(WRITER));
  }

  @Test
  void writerNobodyExpected() {
    unit().addSlot(TOKEN, UInt256.ONE, AccessMode.WRITE, HintSource.TEMPLATE);
    unit().addSlot(TOKEN, SLOT, AccessMode.READ, HintSource.SIDECAR);
    assertEquals(new HintAtFault(Cause.WRITER_UNEXPECTED, HintSource.TEMPLATE), atFault(WRITER));
  }

  @Test
  void writerExpectedToReadAlone() {
    unit().addSlot(TOKEN, SLOT, AccessMode.READ, HintSource.ACCESS_LIST);
    unit().addSlot(TOKEN, SLOT, AccessMode.READ, HintSource.SIDECAR);
    assertEquals(new HintAtFault(Cause.WRITER_UNEXPECTED, HintSource.ACCESS_LIST), atFault(WRITER));
  }

  @Test
  void unitWithoutHintsHasNoSource() {
    unit();
    unit().addSlot(TOKEN, SLOT, AccessMode.READ, HintSource.SIDECAR);
    assertEquals(new HintAtFault(Cause.WRITER_UNEXPECTED, null), atFault(WRITER));
  }

  @Test
  void planSeparatedWhatItKnew() {
    unit().addSlot(TOKEN, SLOT, AccessMode.WRITE, HintSource.TEMPLATE);
    unit().addSlot(TOKEN, SLOT, AccessMode.READ, HintSource.ACCESS_LIST);
    assertEquals(new HintAtFault(Cause.SEPARATED, HintSource.ACCESS_LIST), atFault(WRITER));
  }

  @Test
  void assumptionThatNobodyBroke() {
    unit();
    unit();
    assertEquals(new HintAtFault(Cause.ASSUMPTION, null), atFault(-1));
  }

  private AccessHints.Builder unit() {
    return hints.startUnit();
  }

  private HintAtFault atFault(int writer) {
    StateKey key = new StateKey(TOKEN, StateKey.Kind.STORAGE, SLOT);
    return HintAtFault.of(new Conflict(READER, key, writer, 21_000, 0), hints.build());
  }
}
