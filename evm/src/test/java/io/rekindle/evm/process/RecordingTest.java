package io.rekindle.evm.process;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rekindle.evm.crypto.Keccak256;
import io.rekindle.evm.engine.ContractAddress;
import io.rekindle.evm.fork.Fork;
import io.rekindle.evm.interpreter.Interpreter;
import io.rekindle.evm.process.UnitExecutor.Mode;
import io.rekindle.evm.process.UnitExecutor.Recording;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.UInt256;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * The argument that parallel execution rests on: where every recorded read holds, a unit does the
 * same. Random programs run on a random state, and again on one in which all is changed that they
 * did not record.
 */
final class RecordingTest {
  private static final List<Fork> FORKS =
      List.of(
          Fork.FRONTIER,
          Fork.TANGERINE_WHISTLE,
          Fork.SPURIOUS_DRAGON,
          Fork.ISTANBUL,
          Fork.BERLIN,
          Fork.SHANGHAI,
          Fork.CANCUN,
          Fork.PRAGUE);

  private static final byte[] INITCODE =
      Bytecode.of(0, "SLOAD", 1, "ADD", 0, "SSTORE", 0, 0, "RETURN");

  private static final List<Address> PLACES = places();

  private static List<Address> places() {
    List<Address> places = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      places.add(Address.of(0, 0, 0x1000 + i));
    }
    places.add(Scenario.SENDER);
    places.add(Scenario.COINBASE);
    places.add(Scenario.FRESH);
    places.add(Address.of(0, 0, 3));
    places.add(ContractAddress.of(places.get(0), new byte[32], Keccak256.hash(INITCODE)));
    return places;
  }

  @Property(tries = 1_000)
  void unitDependsOnItsReadsAlone(@ForAll long seed) {
    Random random = new Random(seed);
    Fork fork = FORKS.get(random.nextInt(FORKS.size()));
    Scenario scenario = scenario(fork, random);
    Unit unit =
        new Unit.TransactionUnit(
            scenario.block(List.of()),
            0,
            scenario.transaction(0, PLACES.get(random.nextInt(5)), INITCODE, List.of()),
            Scenario.SENDER);
    Mode mode = random.nextBoolean() ? Mode.EXACT : Mode.SPECULATIVE;
    Outcome first = scenario.executor().execute(scenario.state, unit, mode);

    UnitExecutor unrecorded =
        new UnitExecutor(new Interpreter(), scenario.recovery, Recording.WRITES);
    assertEquals(
        OutcomeText.of(first), OutcomeText.of(unrecorded.execute(scenario.state, unit, mode)));

    for (long other = 0; other < 4; other++) {
      PerturbedState perturbed = new PerturbedState(scenario.state, first.reads(), seed + other);
      Outcome again = scenario.executor().execute(perturbed, unit, Mode.EXACT);
      assertEquals(OutcomeText.of(first), OutcomeText.of(again), fork.name());
    }
  }

  private static Scenario scenario(Fork fork, Random random) {
    Scenario scenario = new Scenario(fork);
    scenario.gasPrice = random.nextInt(2) * 10L;
    scenario.gasLimit = 300_000;
    for (int i = 0; i < 5; i++) {
      scenario.put(
          PLACES.get(i),
          1,
          UInt256.of(random.nextInt(5)),
          program(random),
          Map.of(UInt256.ZERO, UInt256.of(random.nextInt(3)), UInt256.ONE, UInt256.ONE));
    }
    for (int i = 6; i < PLACES.size(); i++) {
      int kind = random.nextInt(4);
      if (kind == 1) {
        scenario.put(PLACES.get(i), 0, UInt256.ZERO);
      } else if (kind == 2) {
        scenario.put(PLACES.get(i), 0, UInt256.of(random.nextInt(3)));
      } else if (kind == 3) {
        scenario.put(PLACES.get(i), 0, UInt256.ONE, new byte[0], Map.of(UInt256.ZERO, UInt256.ONE));
      }
    }
    return scenario;
  }

  private static byte[] program(Random random) {
    List<Object> parts = new ArrayList<>();
    int steps = 1 + random.nextInt(8);
    for (int i = 0; i < steps; i++) {
      parts.add(step(random));
    }
    int end = random.nextInt(8);
    if (end == 0) {
      parts.add(Bytecode.of(0, 0, "REVERT"));
    } else if (end == 1) {
      parts.add(Bytecode.of("INVALID"));
    } else if (end == 2) {
      parts.add(Bytecode.of(place(random), "SELFDESTRUCT"));
    }
    return Bytecode.of(parts.toArray());
  }

  private static Address place(Random random) {
    return PLACES.get(random.nextInt(PLACES.size()));
  }

  private static byte[] step(Random random) {
    int slot = random.nextInt(3);
    return switch (random.nextInt(10)) {
      case 0 -> Bytecode.of(slot, "SLOAD", 1, "ADD", random.nextInt(3), "SSTORE");
      case 1 -> Bytecode.of(random.nextInt(2), slot, "SSTORE");
      case 2 -> Bytecode.of(place(random), "BALANCE", slot, "SSTORE");
      case 3 -> Bytecode.of("SELFBALANCE", slot, "SSTORE");
      case 4 -> Bytecode.of(place(random), "EXTCODEHASH", slot, "SSTORE");
      case 5 -> Bytecode.of(Bytecode.create2OfCallData(random.nextInt(2)), slot, "SSTORE");
      case 6 -> Bytecode.of("GAS", slot, "SSTORE");
      default ->
          Bytecode.of(
              Bytecode.call(place(random), random.nextInt(4), random.nextInt(3) * 40_000L),
              slot,
              "SSTORE");
    };
  }
}
