package io.rekindle.partitioner;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rekindle.evm.process.Outcome;
import io.rekindle.evm.process.Unit;
import io.rekindle.evm.process.Unit.TransactionUnit;
import io.rekindle.evm.state.OverlayState;
import io.rekindle.evm.state.StateReader;
import io.rekindle.partitioner.learn.Templates;
import io.rekindle.partitioner.learn.UnitObserver;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How well templates learned from earlier units predict the slots that later ones write. */
class TemplateLearningTest {
  private final Templates templates = new Templates();
  private final UnitObserver observer = new UnitObserver();

  /** Precision and recall over several windows. */
  private static final class Sum {
    private HintQuality.Score writes = new HintQuality.Score(0, 0);
    private long observed;

    void add(HintQuality quality) {
      writes = writes.plus(quality.slotWrites());
      observed += quality.observedSlotWrites();
    }

    double recall() {
      return writes.recall(observed);
    }

    String line(String name) {
      return String.format(
          "%s: %d slot writes, precision %.3f, recall %.3f",
          name, observed, writes.precision(), recall());
    }
  }

  /**
   * The blocks lie weeks to years apart, so that most of what a later one calls was never seen, and
   * cannot be predicted; what was is counted apart.
   */
  @Test
  void earlierMainnetBlocksPredictLaterOnes() {
    Sum all = new Sum();
    Sum known = new Sum();
    List<MainnetBlocks.Case> blocks = MainnetBlocks.all();
    for (int index = 0; index < blocks.size(); index++) {
      MainnetBlocks.Case block = blocks.get(index);
      AccessHints predicted = predict(block.units(), block.state());
      boolean[] knows = new boolean[block.units().size()];
      for (int unit = 0; unit < knows.length; unit++) {
        knows[unit] = templates.knows((TransactionUnit) block.units().get(unit), block.state());
      }
      AccessHints observed = execute(block.state(), block.units()).observed();
      if (index >= blocks.size() / 2) {
        all.add(HintQuality.compare(predicted, observed));
        int[] selected = unitsOf(knows);
        known.add(HintQuality.compare(predicted.subset(selected), observed.subset(selected)));
      }
    }
    System.out.println(all.line("later mainnet blocks"));
    System.out.println(known.line("  of these, calls of known code"));
    System.out.println("templates: " + templates.size());
    assertTrue(all.writes.precision() >= 0.78, () -> all.line("mainnet"));
    assertTrue(all.recall() >= 0.18, () -> all.line("mainnet"));
    assertTrue(known.recall() >= 0.58, () -> known.line("mainnet, known calls"));
  }

  @Test
  void aWindowOfTheSampleChainPredictsTheNext() {
    SampleChain chain = SampleChain.read(150);
    OverlayState state = chain.state();
    Sum sum = new Sum();
    for (int first = 0; first < chain.blocks().size(); first += 50) {
      List<Unit> units = new ArrayList<>();
      chain.blocks().subList(first, first + 50).forEach(units::addAll);
      AccessHints predicted = predict(units, state);
      ExecutedWindow window = execute(state, units);
      if (first > 0) {
        sum.add(HintQuality.compare(predicted, window.observed()));
      }
      for (Outcome outcome : window.outcomes()) {
        state.apply(outcome.writes());
      }
    }
    System.out.println(sum.line("sample chain, later windows"));
    assertTrue(sum.writes.precision() >= 0.84, () -> sum.line("sample chain"));
    assertTrue(sum.recall() >= 0.76, () -> sum.line("sample chain"));
  }

  private AccessHints predict(List<Unit> units, StateReader state) {
    AccessHints.Builder predicted = AccessHints.builder();
    for (Unit unit : units) {
      predicted.startUnit();
      if (unit instanceof TransactionUnit transaction) {
        templates.addPredicted(predicted, transaction, state);
      }
    }
    return predicted.build();
  }

  private ExecutedWindow execute(StateReader state, List<Unit> units) {
    return ExecutedWindow.run(
        state,
        units,
        observer,
        (unit, outcome, before, nanoseconds) -> {
          if (unit instanceof TransactionUnit transaction) {
            templates.learn(transaction, observer, outcome.reads(), outcome.writes());
          }
          observer.reset();
        });
  }

  private static int[] unitsOf(boolean[] chosen) {
    int[] units = new int[chosen.length];
    int count = 0;
    for (int unit = 0; unit < chosen.length; unit++) {
      if (chosen[unit]) {
        units[count++] = unit;
      }
    }
    return Arrays.copyOf(units, count);
  }
}
