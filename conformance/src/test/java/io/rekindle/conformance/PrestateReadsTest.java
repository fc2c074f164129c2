package io.rekindle.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rekindle.conformance.Chains.Chain;
import io.rekindle.conformance.Chains.RealBlock;
import io.rekindle.evm.engine.Engines;
import io.rekindle.evm.process.Outcome;
import io.rekindle.evm.process.Unit;
import io.rekindle.evm.process.UnitExecutor;
import io.rekindle.evm.process.UnitResult;
import io.rekindle.evm.state.Account;
import io.rekindle.evm.state.Code;
import io.rekindle.evm.state.OverlayState;
import io.rekindle.evm.state.StateReader;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import io.rekindle.snapshot.Snapshot;
import io.rekindle.snapshot.SnapshotBuilder;
import io.rekindle.snapshot.Unlisted;
import io.rekindle.snapshot.importer.PrestateDump;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * What real blocks read that their prestate dumps do not list: counted, or an error when strict.
 */
class PrestateReadsTest {
  private final UnitExecutor executor = new UnitExecutor(Engines.named(Engines.DEFAULT).get());
  private int unlistedUnits;
  private long unlistedReads;
  private final Set<String> slots = new TreeSet<>();

  @Test
  void unlistedReadsAreCountedAndEndUnitsInStrictMode() throws IOException {
    int units = 0;
    for (Chain chain : Chains.mainnetBlocks()) {
      RealBlock block = chain.blocks().get(0);
      Path folder = Fixtures.require("mainnet-blocks").resolve(Long.toString(block.number()));
      SnapshotBuilder builder = new SnapshotBuilder(Unlisted.COUNTED);
      PrestateDump.read(folder.resolve("prestate.json.gz")).writeTo(builder);
      units += check(block, builder.build());
    }
    System.out.printf(
        "prestates: %d units, %d of them with %d reads of what is not listed%n",
        units, unlistedUnits, unlistedReads);
    assertTrue(unlistedUnits > 0 && unlistedUnits < units);
    // Transactions read no slot that is not listed, of accounts that are.
    assertEquals(Set.of(), slots);
  }

  private int check(RealBlock block, Snapshot counted) {
    OverlayState state = new OverlayState(counted);
    StateReader strict = new Strict(state, counted.strict());
    for (Unit unit : block.units()) {
      Set<String> namesBefore = new TreeSet<>(counted.unlistedReads().names());
      long before = counted.unlistedReads().count();
      Outcome outcome = executor.execute(state, unit, UnitExecutor.Mode.EXACT);
      long reads = counted.unlistedReads().count() - before;
      Outcome strictly = executor.execute(strict, unit, UnitExecutor.Mode.EXACT);
      String name = "block " + block.number() + ", unit " + unit.blockAccessIndex();
      assertEquals(reads > 0, strictly.result() instanceof UnitResult.Unanswered, name);
      if (reads > 0) {
        unlistedUnits++;
        unlistedReads += reads;
        Set<String> names = new TreeSet<>(counted.unlistedReads().names());
        names.removeAll(namesBefore);
        if (unit instanceof Unit.TransactionUnit) {
          names.stream().filter(n -> n.startsWith("slot")).forEach(slots::add);
        }
      }
      state.apply(outcome.writes());
    }
    return block.units().size();
  }

  /** The overlay's state, where what it takes from its base comes from a strict one. */
  private record Strict(OverlayState state, Snapshot base) implements StateReader {
    @Override
    public Account account(Address address) {
      return state.changes().containsKey(address) ? state.account(address) : base.account(address);
    }

    @Override
    public UInt256 storage(Address address, UInt256 slot) {
      OverlayState.Change change = state.changes().get(address);
      boolean known = change != null && (change.cleared() || change.slots().containsKey(slot));
      return known ? state.storage(address, slot) : base.storage(address, slot);
    }

    @Override
    public boolean hasStorage(Address address) {
      OverlayState.Change change = state.changes().get(address);
      boolean known =
          change != null
              && (change.cleared() || change.slots().values().stream().anyMatch(v -> !v.isZero()));
      return known ? state.hasStorage(address) : base.hasStorage(address);
    }

    @Override
    public Code code(Hash codeHash) {
      return state.code(codeHash);
    }
  }
}
