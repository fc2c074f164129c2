package io.rekindle.partitioner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rekindle.evm.process.Unit;
import io.rekindle.evm.process.Unit.TransactionUnit;
import io.rekindle.evm.word.Hash;
import io.rekindle.partitioner.learn.CallKey;
import io.rekindle.partitioner.learn.CostModel;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What units are predicted to cost, from what others of their kind took. */
class CostModelTest {
  private static final Hash CODE = Hash.ofHex("0x" + "11".repeat(32));
  private static final Hash OTHER_CODE = Hash.ofHex("0x" + "22".repeat(32));

  private final CostModel costs = new CostModel();
  private TransactionUnit call;
  private TransactionUnit otherSelector;

  @BeforeEach
  void pickCalls() {
    List<TransactionUnit> calls =
        SampleChain.read(40).blocks().stream()
            .flatMap(List::stream)
            .filter(TransactionUnit.class::isInstance)
            .map(TransactionUnit.class::cast)
            .filter(unit -> !unit.transaction().isCreate() && selector(unit) >= 0)
            .toList();
    call = calls.get(0);
    otherSelector =
        calls.stream().filter(unit -> selector(unit) != selector(call)).findFirst().orElseThrow();
  }

  private static long selector(TransactionUnit unit) {
    return CallKey.selectorOf(unit.transaction().input());
  }

  private void learn(Unit unit, Hash code, long nanoseconds, int times) {
    for (int time = 0; time < times; time++) {
      costs.learn(unit, code, 40_000, nanoseconds);
    }
  }

  @Test
  void nanosecondsAreLearnedForEachCodeAndSelector() {
    learn(call, CODE, 300_000, 40);
    learn(otherSelector, CODE, 20_000, 40);
    learn(call, OTHER_CODE, 90_000, 40);
    assertEquals(300_000, (double) costs.nanoseconds(call, CODE), 3_000.0);
    assertEquals(20_000, (double) costs.nanoseconds(otherSelector, CODE), 200.0);
    assertEquals(90_000, (double) costs.nanoseconds(call, OTHER_CODE), 900.0);
    assertEquals(40_000, costs.gas(call, CODE));
  }

  @Test
  void aPauseOfTheMachineHardlyCounts() {
    learn(call, CODE, 50_000, 40);
    learn(call, CODE, 2_000_000_000, 1);
    assertTrue(costs.nanoseconds(call, CODE) <= 100_000, "after a pause of two seconds");
    learn(call, CODE, 50_000, 20);
    assertEquals(50_000, (double) costs.nanoseconds(call, CODE), 1_000.0);
  }

  @Test
  void lastingChangesAreFollowed() {
    learn(call, CODE, 50_000, 40);
    learn(call, CODE, 1_000_000, 40);
    assertEquals(1_000_000, (double) costs.nanoseconds(call, CODE), 10_000.0);
  }

  /** Times that differ as they do from run to run must not make another plan. */
  @Test
  void noiseDoesNotChangeCosts() {
    for (long nanoseconds : new long[] {20_000, 300_000, 90_000, 45_000}) {
      for (int time = 0; time < 200; time++) {
        learn(call, CODE, nanoseconds, 1);
        learn(otherSelector, CODE, 3 * nanoseconds, 1);
        assertEquals(40_000, costs.cost(call, CODE));
        assertEquals(40_000, costs.cost(otherSelector, CODE));
      }
    }
  }

  @Test
  void whatIsSlowBeyondNoiseWeighsMore() {
    for (int time = 0; time < 200; time++) {
      learn(call, CODE, 4_000_000, 1);
      learn(otherSelector, CODE, 40_000, 30);
    }
    assertEquals(16 * 40_000, costs.cost(call, CODE));
    assertEquals(40_000, costs.cost(otherSelector, CODE));
    for (int time = 0; time < 400; time++) {
      learn(call, CODE, 40_000, 1);
      learn(otherSelector, CODE, 40_000, 2);
    }
    assertEquals(40_000, costs.cost(call, CODE), "once it is fast again");
  }
}
