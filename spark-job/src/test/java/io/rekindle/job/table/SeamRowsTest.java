package io.rekindle.job.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rekindle.evm.engine.BlockContext;
import io.rekindle.evm.process.BlockInput;
import io.rekindle.evm.process.Outcome;
import io.rekindle.evm.process.Unit;
import io.rekindle.evm.state.Account;
import io.rekindle.evm.state.AccountReads;
import io.rekindle.evm.state.AccountWrites;
import io.rekindle.evm.state.Code;
import io.rekindle.evm.state.ReadSet;
import io.rekindle.evm.state.WriteSet;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.apache.spark.sql.catalyst.InternalRow;
import org.junit.jupiter.api.Test;

/** What units depend on in ranges, and across their seams, against what they do in one run. */
class SeamRowsTest {
  private static final long LAST = 520;
  private static final int UNITS = 3;

  /** Ranges longer and shorter than units' reach, one of a single block among them. */
  private static final List<Long> STARTS = List.of(1L, 90L, 230L, 231L, 260L, 300L, LAST + 1);

  private final Random random = new Random(11);

  /** A unit and what it did. */
  private record Executed(Unit unit, Outcome outcome, UnitFacts facts) {}

  @Test
  void rowsOfRangesAndTheirSeamsAreThoseOfOneRun() throws IOException {
    List<List<Executed>> blocks = new ArrayList<>();
    for (long number = 1; number <= LAST; number++) {
      blocks.add(block(number));
    }
    Rows whole = new Rows();
    DependencyTracker serial = new DependencyTracker();
    blocks.forEach(block -> whole.add(serial, block));

    Rows parts = new Rows();
    List<DependencyTracker> before = new ArrayList<>();
    int within = 0;
    for (int range = 0; range + 1 < STARTS.size(); range++) {
      DependencyTracker tracker = tracker(range);
      List<byte[]> open = new ArrayList<>();
      for (long number = STARTS.get(range); number < STARTS.get(range + 1); number++) {
        parts.add(tracker, blocks.get((int) number - 1));
        if (random.nextInt(40) == 0) {
          addOpen(tracker, open);
          tracker = copy(tracker, range);
        }
      }
      addOpen(tracker, open);
      within = parts.rows.size();
      for (byte[] reads : open) {
        SeamRows.of(reads, before).forEach(part -> SeamRows.write(part, 1, parts));
      }
      assertTrue(range == 0 || parts.rows.size() > within, "range " + range + " has such rows");
      before.add(0, copy(tracker, range));
    }
    assertEquals(whole.rows, parts.rows);
    assertEquals(whole.count, parts.count, "none twice");
  }

  private static DependencyTracker tracker(int range) {
    return range == 0 ? new DependencyTracker() : new DependencyTracker(STARTS.get(range));
  }

  private static void addOpen(DependencyTracker tracker, List<byte[]> open) {
    byte[] reads = tracker.takeOpenReads();
    if (reads != null) {
      open.add(reads);
    }
  }

  private static DependencyTracker copy(DependencyTracker tracker, int range) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    tracker.write(new DataOutputStream(bytes));
    DependencyTracker copy = tracker(range);
    copy.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    return copy;
  }

  /** Rows of the table, each as a line. */
  private static final class Rows implements RowSink {
    private final TreeSet<String> rows = new TreeSet<>();
    private int count;

    void add(DependencyTracker tracker, List<Executed> block) {
      for (Executed one : block) {
        BlockContext context = one.unit().block().context();
        RowOutput output = new RowOutput(this, 1, context.number(), context.timestamp());
        tracker
            .add(one.unit(), one.outcome(), one.facts())
            .forEach(found -> PlanRows.add(output, one.unit().blockAccessIndex(), found));
      }
    }

    @Override
    public boolean wants(Table table) {
      return table == Table.DEPENDENCIES;
    }

    @Override
    public Encoding encoding() {
      return Encoding.HEX;
    }

    @Override
    public void add(Table table, long blockRange, InternalRow row) {
      rows.add(row.toString());
      count++;
    }
  }

  // ---------------------------------------------------------------- units at random

  private List<Executed> block(long number) {
    BlockContext context =
        new BlockContext(
            null,
            UInt256.ONE,
            number,
            12 * number,
            Address.ZERO,
            0,
            UInt256.ZERO,
            Hash.ZERO,
            UInt256.ZERO,
            UInt256.ZERO,
            null);
    BlockInput block = new BlockInput(context, null, null, false, UNITS, List.of(), List.of());
    List<Executed> units = new ArrayList<>();
    for (int i = 0; i < UNITS; i++) {
      units.add(executed(new Unit.TransactionUnit(block, i, null, null)));
    }
    return units;
  }

  private Executed executed(Unit unit) {
    List<AccountWrites> writes = new ArrayList<>();
    List<AccountReads> reads = new ArrayList<>();
    List<Account> before = new ArrayList<>();
    for (Address address : someAddresses(1)) {
      writes.add(writes(address));
      before.add(someAccount());
    }
    for (Address address : someAddresses(3)) {
      reads.add(reads(address));
      if (writes.stream().noneMatch(write -> write.address().equals(address))) {
        before.add(someAccount());
      }
    }
    Outcome outcome = new Outcome(null, new ReadSet(reads), new WriteSet(writes, true), List.of());
    return new Executed(unit, outcome, new UnitFacts(0, 0, 0, 0, before, List.of(), List.of()));
  }

  /** Of many accounts, so that some are not written for long. */
  private List<Address> someAddresses(int count) {
    return random
        .ints(count, 1, 150)
        .distinct()
        .mapToObj(number -> Address.of(0, 0, number))
        .toList();
  }

  private Account someAccount() {
    if (random.nextInt(8) == 0) {
      return null;
    }
    Hash code = random.nextInt(6) == 0 ? Hash.of(1, 2, 3, 4) : Code.EMPTY_HASH;
    return new Account(random.nextInt(2), UInt256.of(random.nextInt(3)), code);
  }

  private UInt256[] someSlots() {
    return random
        .ints(random.nextInt(3), 0, 4)
        .distinct()
        .mapToObj(UInt256::of)
        .toArray(UInt256[]::new);
  }

  private AccountWrites writes(Address address) {
    UInt256[] slots = someSlots();
    return new AccountWrites(
        address,
        UInt256.of(random.nextInt(2)),
        UInt256.ZERO,
        random.nextInt(3) == 0,
        1,
        null,
        random.nextInt(20) == 0,
        random.nextInt(20) == 0,
        random.nextBoolean(),
        slots,
        slots);
  }

  private AccountReads reads(Address address) {
    UInt256[] slots = someSlots();
    return new AccountReads(
        address,
        random.nextInt(256),
        random.nextInt(32) & (AccountReads.BALANCE | AccountReads.NONCE | AccountReads.CODE),
        UInt256.ZERO,
        UInt256.of(random.nextInt(3)),
        UInt256.of(random.nextInt(3)),
        0,
        Code.EMPTY_HASH,
        false,
        false,
        false,
        slots,
        slots);
  }
}
