package io.rekindle.job.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.UInt256;
import io.rekindle.merge.HintAtFault;
import io.rekindle.merge.StateKey;
import io.rekindle.merge.wire.WireReader;
import io.rekindle.merge.wire.WireWriter;
import io.rekindle.partitioner.HintSource;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Conflicts come back from their flat form, those without a writer or a hint too. */
class ConflictFactsTest {
  private static final Address ADDRESS = Address.ofBytes(new byte[20]);

  @Test
  void theFlatFormTellsAll() {
    List<ConflictFacts> conflicts =
        List.of(
            new ConflictFacts(
                3,
                new StateKey(ADDRESS, StateKey.Kind.STORAGE, UInt256.of(300)),
                15_537_394,
                2,
                21_000,
                new HintAtFault(HintAtFault.Cause.WRITER_UNEXPECTED, HintSource.SIDECAR)),
            new ConflictFacts(
                0,
                new StateKey(ADDRESS, StateKey.Kind.NONCE, null),
                -1,
                -1,
                0,
                new HintAtFault(HintAtFault.Cause.ASSUMPTION, null)));
    WireWriter out = new WireWriter();
    conflicts.forEach(conflict -> conflict.write(out));
    WireReader in = new WireReader(out.toBytes());
    for (ConflictFacts conflict : conflicts) {
      assertEquals(conflict, ConflictFacts.read(in));
    }
    assertTrue(in.atEnd());
  }
}
