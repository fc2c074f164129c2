package io.rekindle.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rekindle.conformance.Chains.Chain;
import io.rekindle.conformance.Chains.RealBlock;
import io.rekindle.evm.engine.Engines;
import io.rekindle.evm.process.BlockAssembler;
import io.rekindle.evm.process.BlockCheck;
import io.rekindle.evm.process.Outcome;
import io.rekindle.evm.process.Unit;
import io.rekindle.evm.process.UnitExecutor;
import io.rekindle.evm.state.OverlayState;
import io.rekindle.evm.word.Hash;
import io.rekindle.merge.Audit;
import io.rekindle.merge.LocalRunner;
import io.rekindle.merge.MergeSettings;
import io.rekindle.merge.MergeStatistics;
import io.rekindle.merge.MergedWindow;
import io.rekindle.merge.RoundPlanner;
import io.rekindle.merge.UnitRun;
import io.rekindle.partitioner.AccessHints;
import io.rekindle.partitioner.PartitionPlan;
import io.rekindle.partitioner.Partitioner;
import io.rekindle.partitioner.PlanSettings;
import io.rekindle.partitioner.UnitHints;
import io.rekindle.partitioner.WindowUnits;
import io.rekindle.snapshot.trie.StateTrie;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real chains, in partitions and merged, held against their headers, whatever the plan. */
class MergedChainsTest {
  private static final int CORES = 2;
  private static final long SEED = 42;

  private final LocalRunner runner =
      new LocalRunner(
          CORES, Engines.named(Engines.DEFAULT), MergeSettings.DEFAULT, new RoundPlanner(CORES));

  @AfterEach
  void close() {
    runner.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"clusters", "accounts", "round-robin"})
  void mainnetBlocksAsWindowsOfOne(String strategy) throws IOException {
    Totals totals = new Totals();
    for (Chain chain : Chains.mainnetBlocks()) {
      run(chain, 1, strategy, totals);
    }
    totals.print("mainnet blocks, " + strategy);
    assertEquals(41, totals.windows);
  }

  @ParameterizedTest
  @ValueSource(strings = {"clusters", "round-robin"})
  void consecutiveMainnetBlocksAsWindowsOfTwo(String strategy) throws IOException {
    Totals totals = new Totals();
    run(Chains.mainnet(4_369_999, 4_370_000), 2, strategy, totals);
    run(Chains.mainnet(15_537_393, 15_537_394), 2, strategy, totals);
    totals.print("mainnet pairs, " + strategy);
    assertEquals(2, totals.windows);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 64, 600})
  void hiveChain(int blocks) throws IOException {
    Totals totals = new Totals();
    run(Chains.hive(), blocks, "clusters", totals);
    totals.print("hive-600 in windows of " + blocks);
  }

  @ParameterizedTest
  @ValueSource(strings = {"clusters", "round-robin"})
  void sampleChainInWindowsOfFifty(String strategy) throws IOException {
    Totals totals = new Totals();
    run(Chains.sample(), 50, strategy, totals);
    totals.print("sample in windows of 50, " + strategy);
    // Each unit runs once to be found stale, hardly ever more often: rounds see what stands
    // between.
    assertTrue(
        totals.wastedGas < 1.5 * totals.gas, totals.wastedGas + " gas wasted of " + totals.gas);
  }

  @Test
  void auditFindsTheSame() throws IOException {
    Chain chain = Chains.mainnet(15_537_393, 15_537_394);
    List<Unit> units = units(chain.blocks());
    MergedWindow merged = runner.run(units, plan(units, "round-robin"), chain.state());
    Audit audit = new Audit(new UnitExecutor(Engines.named(Engines.DEFAULT).get()), 0.2, SEED);
    Audit.Report report = audit.run(units, merged, chain.state());
    System.out.println("audit: " + report.audited() + " of " + units.size() + " units again");
    assertTrue(report.audited() > units.size() / 10, report.audited() + " audited");
    assertEquals(List.of(), report.differences());
  }

  private void run(Chain chain, int windowBlocks, String strategy, Totals totals) {
    OverlayState state = new OverlayState(chain.state());
    StateTrie trie = chain.complete() ? StateTrie.EMPTY.apply((OverlayState) chain.state()) : null;
    for (int first = 0; first < chain.blocks().size(); first += windowBlocks) {
      int end = Math.min(first + windowBlocks, chain.blocks().size());
      List<RealBlock> window = chain.blocks().subList(first, end);
      List<Unit> units = units(window);
      MergedWindow merged = runner.run(units, plan(units, strategy), state);
      totals.add(merged);
      assertEquals(units.size(), merged.runs().size(), chain.name() + ": an invalid unit");
      int place = 0;
      for (RealBlock block : window) {
        List<UnitRun> runs = merged.runs().subList(place, place + block.units().size());
        trie = check(chain, block, runs, state, trie);
        place += runs.size();
      }
    }
  }

  /** Applies a block to the state and holds it against its header. */
  private static StateTrie check(
      Chain chain, RealBlock real, List<UnitRun> runs, OverlayState state, StateTrie before) {
    BlockAssembler assembler =
        new BlockAssembler(real.block(), real.fork(), chain.spec().depositContract());
    OverlayState step = new OverlayState(state);
    for (UnitRun run : runs) {
      Outcome outcome = run.outcome();
      step.apply(outcome.writes());
      Unit unit = real.units().get(run.index() - runs.get(0).index());
      assertEquals(null, assembler.add(unit, outcome, null), chain.name());
    }
    StateTrie after = before == null ? null : before.apply(step);
    runs.forEach(run -> state.apply(run.outcome().writes()));
    Hash root = after == null ? null : after.root();
    List<BlockCheck> checks = assembler.assemble().check(real.block().header(), real.fork(), root);
    List<BlockCheck> failed = checks.stream().filter(check -> !check.passed()).toList();
    assertEquals(List.of(), failed, chain.name());
    return after;
  }

  private static List<Unit> units(List<RealBlock> blocks) {
    List<Unit> units = new ArrayList<>();
    blocks.forEach(block -> units.addAll(block.units()));
    return units;
  }

  private static int[][] plan(List<Unit> units, String strategy) {
    AccessHints.Builder hints = AccessHints.builder();
    long[] costs = new long[units.size()];
    for (int i = 0; i < costs.length; i++) {
      hints.startUnit();
      UnitHints.addKnown(hints, units.get(i));
      costs[i] =
          units.get(i) instanceof Unit.TransactionUnit transaction
              ? transaction.transaction().gasLimit()
              : 21_000;
    }
    PartitionPlan plan =
        Partitioner.byName(strategy)
            .plan(new WindowUnits(units, costs, hints.build()), PlanSettings.forCores(CORES));
    int[][] partitions = new int[plan.partitions()][];
    for (int i = 0; i < partitions.length; i++) {
      partitions[i] = plan.partition(i);
    }
    return partitions;
  }

  private static final class Totals {
    private int windows;
    private int units;
    private int partitions;
    private int whole;
    private int reruns;
    private int roundUnits;
    private int rounds;
    private long gas;
    private long wastedGas;

    void add(MergedWindow merged) {
      MergeStatistics statistics = merged.statistics();
      windows++;
      units += statistics.units();
      partitions += statistics.partitions();
      whole += statistics.acceptedWhole();
      reruns += statistics.reruns();
      rounds += statistics.rounds();
      roundUnits += statistics.roundUnits();
      gas += merged.gasUsed();
      wastedGas += statistics.wastedGas();
    }

    void print(String what) {
      System.out.printf(
          "%s: %d windows, %d units, %d of %d partitions whole, %d re-run, %d more in %d rounds,"
              + " %.1f %% of gas wasted%n",
          what,
          windows,
          units,
          whole,
          partitions,
          reruns,
          roundUnits,
          rounds,
          100.0 * wastedGas / gas);
    }
  }
}
