package io.rekindle.partitioner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rekindle.evm.process.Outcome;
import io.rekindle.evm.process.Unit;
import io.rekindle.evm.process.Unit.TransactionUnit;
import io.rekindle.evm.state.Account;
import io.rekindle.evm.state.Code;
import io.rekindle.evm.state.OverlayState;
import io.rekindle.evm.state.StateReader;
import io.rekindle.evm.word.Address;
import io.rekindle.partitioner.learn.Templates;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What planning makes of units of which little or nothing is known. */
class UnforeseenConflictsTest {
  private static final PlanSettings ONE_EACH = PlanSettings.forCores(2).withPartitionsPerCore(1);

  private static WindowUnits fourUnits(HintSource source) {
    Windows window = new Windows(4);
    for (int account = 1; account <= 4; account++) {
      window.unit(100).code(account, AccessMode.WRITE, source);
    }
    return window.build();
  }

  private static long reruns(HintSource source, PlanSettings settings) {
    return Partitioner.byName("round-robin").plan(fourUnits(source), settings).rerunCost();
  }

  /** Of the four, units 0 and 2 run beside 1 and 3; 0, 100, 100 and 200 run elsewhere before. */
  @Test
  void theMoreRanElsewhereTheLikelierAGuessedUnitIsStale() {
    assertEquals(100, reruns(HintSource.GUESS, ONE_EACH));
    assertEquals(10, reruns(HintSource.TEMPLATE, ONE_EACH));
    assertEquals(0, reruns(HintSource.SIDECAR, ONE_EACH));
    assertEquals(0, reruns(HintSource.TRANSACTION, ONE_EACH));
  }

  @Test
  void togetherNothingIsStale() {
    PlanSettings one = PlanSettings.forCores(1).withPartitionsPerCore(1);
    assertEquals(0, reruns(HintSource.GUESS, one));
  }

  /** Before anything was learned, a call changes its account and the contracts that it names. */
  @Test
  void unknownCallsAreGuessedByTheirData() {
    SampleChain chain = SampleChain.read(40);
    OverlayState state = chain.state();
    List<Unit> first = new ArrayList<>();
    chain.blocks().subList(0, 20).forEach(first::addAll);
    for (Outcome outcome : ExecutedWindow.run(state, first).outcomes()) {
      state.apply(outcome.writes());
    }
    int others = 0;
    for (List<Unit> block : chain.blocks().subList(20, 40)) {
      for (Unit unit : block) {
        if (unit instanceof TransactionUnit transaction && !transaction.transaction().isCreate()) {
          Set<Address> named = namedContracts(transaction, state);
          others += named.size();
          if (transaction.transaction().input().length > 0) {
            named.add(transaction.transaction().to());
          }
          assertEquals(named, guessed(transaction, state));
        }
      }
    }
    assertTrue(others > 100, "contracts named: " + others);
  }

  private static Set<Address> guessed(TransactionUnit unit, StateReader state) {
    AccessHints.Builder builder = AccessHints.builder();
    builder.startUnit();
    new Templates().addPredicted(builder, unit, state);
    Set<Address> guessed = new HashSet<>();
    for (AccessHints.AccessHint hint : builder.build().of(0)) {
      assertEquals(HintSource.GUESS, hint.source());
      guessed.add(hint.key().address());
    }
    return guessed;
  }

  private static Set<Address> namedContracts(TransactionUnit unit, StateReader state) {
    byte[] input = unit.transaction().input();
    Set<Address> named = new HashSet<>();
    for (int at = 4; at + 32 <= Math.min(input.length, 4 + 24 * 32); at += 32) {
      Address address = Address.ofBytes(Arrays.copyOfRange(input, at + 12, at + 32));
      Account account = state.account(address);
      boolean padded = Arrays.equals(Arrays.copyOfRange(input, at, at + 12), new byte[12]);
      if (padded && account != null && !account.codeHash().equals(Code.EMPTY_HASH)) {
        named.add(address);
      }
    }
    return named;
  }
}
