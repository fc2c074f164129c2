package io.rekindle.partitioner;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rekindle.evm.process.Unit;
import io.rekindle.partitioner.learn.Templates;
import io.rekindle.partitioner.learn.UnitObserver;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Templates on mainnet: what the earlier blocks of the fixtures teach about the later ones. The
 * blocks lie weeks to years apart, so most of what a later one calls was never seen.
 */
class MainnetTemplatesTest {
  @Test
  void earlierBlocksPredictTheSlotWritesOfLaterOnes() {
    Templates templates = new Templates();
    UnitObserver observer = new UnitObserver();
    HintQuality.Score writes = new HintQuality.Score(0, 0);
    HintQuality.Score slots = writes;
    long observedWrites = 0;
    long observedSlots = 0;
    List<MainnetBlocks.Case> blocks = MainnetBlocks.all();
    for (int index = 0; index < blocks.size(); index++) {
      MainnetBlocks.Case block = blocks.get(index);
      AccessHints.Builder predicted = AccessHints.builder();
      for (Unit unit : block.units()) {
        predicted.startUnit();
        templates.addPredicted(predicted, (Unit.TransactionUnit) unit, block.state());
      }
      ExecutedWindow executed =
          ExecutedWindow.run(
              block.state(),
              block.units(),
              observer,
              (unit, outcome, state, nanoseconds) -> {
                templates.learn(
                    (Unit.TransactionUnit) unit, observer, outcome.reads(), outcome.writes());
                observer.reset();
              });
      HintQuality quality = HintQuality.compare(predicted.build(), executed.observed());
      System.out.printf(
          "%9d: %5d slot writes, precision %.3f, recall %.3f; slots %.3f %.3f; %d templates%n",
          block.number(),
          quality.observedSlotWrites(),
          quality.slotWrites().precision(),
          quality.slotWrites().recall(quality.observedSlotWrites()),
          quality.slotReads().precision(),
          quality.slotReads().recall(quality.observedSlotReads()),
          templates.size());
      if (index >= blocks.size() / 2) {
        writes = writes.plus(quality.slotWrites());
        slots = slots.plus(quality.slotReads());
        observedWrites += quality.observedSlotWrites();
        observedSlots += quality.observedSlotReads();
      }
    }
    System.out.printf(
        "later half: %d slot writes, precision %.3f, recall %.3f; slots %.3f %.3f%n",
        observedWrites,
        writes.precision(),
        writes.recall(observedWrites),
        slots.precision(),
        slots.recall(observedSlots));
    assertTrue(writes.precision() >= 0.5, () -> "precision");
  }
}
