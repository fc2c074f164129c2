package io.rekindle.snapshot;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rekindle.evm.chain.Block;
import io.rekindle.evm.interpreter.Interpreter;
import io.rekindle.evm.process.BlockProcessor;
import io.rekindle.evm.process.BlockResult;
import io.rekindle.evm.process.Outcome;
import io.rekindle.evm.process.Unit;
import io.rekindle.evm.process.UnitExecutor;
import io.rekindle.evm.process.UnitExecutor.Mode;
import io.rekindle.evm.process.UnitResult.Executed;
import io.rekindle.evm.rlp.RlpException;
import io.rekindle.evm.state.AccountReads;
import io.rekindle.evm.state.Log;
import io.rekindle.evm.state.OverlayState;
import io.rekindle.evm.state.StateReader;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import io.rekindle.snapshot.sidecar.AccountAccess;
import io.rekindle.snapshot.sidecar.BlockAccessList;
import io.rekindle.snapshot.sidecar.Sidecar;
import io.rekindle.snapshot.sidecar.SidecarBuilder;
import io.rekindle.snapshot.sidecar.SidecarCheck;
import io.rekindle.snapshot.sidecar.SidecarDifference;
import io.rekindle.snapshot.sidecar.UnitAccess;
import io.rekindle.snapshot.sidecar.VersionedSnapshot;
import io.rekindle.snapshot.trie.StateTrie;
import io.rekindle.snapshot.trie.StateTrieBuilder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A whole chain on snapshots, deltas, incremental roots and sidecars. */
class HiveChainTest {
  private static HiveChain chain;
  private static Snapshot genesis;
  private static final List<Sidecar> SIDECARS = new ArrayList<>();
  private static final List<Unit> UNITS = new ArrayList<>();
  private static final List<Outcome> OUTCOMES = new ArrayList<>();

  /** Serial execution: every block's root by the incremental trie, and the next snapshot. */
  @BeforeAll
  static void executeSerially() throws IOException {
    chain = HiveChain.read();
    genesis = chain.snapshot();
    StateTrieBuilder builder = new StateTrieBuilder();
    genesis.writeTo(builder);
    StateTrie trie = builder.build();
    assertEquals(chain.genesis.header().stateRoot(), trie.root());
    Snapshot snapshot = genesis;
    UnitExecutor executor = new UnitExecutor(new Interpreter());
    for (int i = 0; i < chain.blocks.size(); i++) {
      Block block = chain.blocks.get(i);
      StateTrie before = trie;
      OverlayState state = new OverlayState(snapshot);
      BlockResult result =
          new BlockProcessor(executor, chain.genesis.spec(), s -> before.apply(s).root())
              .process(block, HiveChain.senders(block), chain.ancestors(i), chain::hash, state);
      assertTrue(result.valid(), () -> result.failures().toString());
      SIDECARS.add(sidecar(snapshot, result.units(), result.outcomes()));
      UNITS.addAll(result.units());
      OUTCOMES.addAll(result.outcomes());
      trie = trie.apply(state);
      assertEquals(block.header().stateRoot(), trie.root());
      snapshot = snapshot.plus(state);
    }
    StateTrieBuilder whole = new StateTrieBuilder();
    snapshot.writeTo(whole);
    assertEquals(trie.root(), whole.build().root());
  }

  private static Sidecar sidecar(StateReader before, List<Unit> units, List<Outcome> outcomes) {
    SidecarBuilder builder = new SidecarBuilder(before);
    for (int i = 0; i < units.size(); i++) {
      builder.add(
          units.get(i).blockAccessIndex(), outcomes.get(i).reads(), outcomes.get(i).writes());
    }
    Sidecar sidecar = builder.build();
    assertNull(sidecar.list().violation());
    return Sidecar.decode(sidecar.listBytes(), sidecar.extensionBytes());
  }

  private static VersionedSnapshot versioned(List<Sidecar> sidecars) {
    VersionedSnapshot.Builder builder = new VersionedSnapshot.Builder(genesis, 1);
    sidecars.forEach(builder::add);
    return builder.build();
  }

  private static List<Outcome> replay(VersionedSnapshot versioned, long seed) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < UNITS.size(); i++) {
      order.add(i);
    }
    Collections.shuffle(order, new Random(seed));
    Outcome[] outcomes = new Outcome[UNITS.size()];
    UnitExecutor executor = new UnitExecutor(new Interpreter());
    for (int i : order) {
      Unit unit = UNITS.get(i);
      long block = unit.block().context().number();
      outcomes[i] =
          executor.execute(versioned.before(block, unit.blockAccessIndex()), unit, Mode.EXACT);
    }
    return List.of(outcomes);
  }

  /** Makes the sidecars again of replayed outcomes, block after block from the true base. */
  private static String difference(List<Sidecar> claimed, List<Outcome> outcomes) {
    OverlayState state = new OverlayState(genesis);
    int at = 0;
    for (int block = 0; block < claimed.size(); block++) {
      SidecarBuilder builder = new SidecarBuilder(state);
      int from = at;
      while (at < UNITS.size() && UNITS.get(at).block().context().number() == block + 1) {
        builder.add(
            UNITS.get(at).blockAccessIndex(), outcomes.get(at).reads(), outcomes.get(at).writes());
        at++;
      }
      SidecarDifference difference = SidecarCheck.difference(claimed.get(block), builder.build());
      if (difference != null) {
        return "block " + (block + 1) + ": " + difference;
      }
      outcomes.subList(from, at).forEach(outcome -> state.apply(outcome.writes()));
    }
    return null;
  }

  @Test
  void unitsAloneInAnyOrderGiveTheSameReceiptsAndWrites() {
    List<Outcome> replayed = replay(versioned(SIDECARS), 42);
    for (int i = 0; i < UNITS.size(); i++) {
      assertSameLogs(OUTCOMES.get(i).logs(), replayed.get(i).logs());
      if (OUTCOMES.get(i).result() instanceof Executed expected) {
        Executed actual = (Executed) replayed.get(i).result();
        assertEquals(expected.halt(), actual.halt());
        assertEquals(expected.gasUsed(), actual.gasUsed());
        assertEquals(expected.created(), actual.created());
        assertArrayEquals(expected.output(), actual.output());
      }
    }
    assertNull(difference(SIDECARS, replayed));
  }

  private static void assertSameLogs(List<Log> expected, List<Log> actual) {
    assertEquals(expected.size(), actual.size());
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(expected.get(i).address(), actual.get(i).address());
      assertEquals(expected.get(i).topics(), actual.get(i).topics());
      assertArrayEquals(expected.get(i).data(), actual.get(i).data());
    }
  }

  @Test
  void anyHeightIsASnapshot() {
    VersionedSnapshot versioned = versioned(SIDECARS);
    OverlayState state = new OverlayState(genesis);
    int at = 0;
    for (int block = 1; block <= SIDECARS.size(); block++) {
      for (; at < UNITS.size() && UNITS.get(at).block().context().number() == block; at++) {
        state.apply(OUTCOMES.get(at).writes());
      }
      if (block % 97 == 0) {
        StateReader asOf = versioned.asOf(block);
        for (Address address : state.changes().keySet()) {
          assertEquals(state.account(address), asOf.account(address));
          for (UInt256 slot : state.changes().get(address).slots().keySet()) {
            assertEquals(state.storage(address, slot), asOf.storage(address, slot));
          }
        }
      }
    }
  }

  /** One entry altered, left out or added, of any kind, anywhere. */
  @Test
  void aWrongSidecarIsFoundOut() {
    VersionedSnapshot truth = versioned(SIDECARS);
    Random random = new Random(7);
    List<String> unseen = new ArrayList<>();
    SidecarTampering.kinds()
        .forEach(
            (name, spoiler) -> {
              int offset = random.nextInt(SIDECARS.size());
              int tried = 0;
              for (int i = 0; i < SIDECARS.size() && tried < 4; i++) {
                // 131 and 600 have no common factor: every block comes once.
                int block = (offset + 131 * i) % SIDECARS.size();
                Sidecar wrong = spoiler.spoil(SIDECARS.get(block), random);
                if (wrong != null) {
                  tried++;
                  assertNotNull(finding(truth, block, wrong), name + " in block " + (block + 1));
                }
              }
              if (tried == 0) {
                unseen.add(name);
              }
            });
    assertReadsFoundOut(unseen);
  }

  /** Kinds of reads that the chain has nowhere, on a sidecar that has them all. */
  private static void assertReadsFoundOut(List<String> kinds) {
    System.out.println("kinds of sidecar entries that hive-600 has nowhere: " + kinds);
    assertTrue(kinds.size() < 4, kinds::toString);
    UInt256[] none = {};
    AccountReads all =
        new AccountReads(
            Address.ZERO,
            511,
            0,
            UInt256.of(5),
            UInt256.of(3),
            UInt256.of(9),
            1,
            Hash.ZERO,
            false,
            true,
            false,
            none,
            none);
    AccountAccess account =
        new AccountAccess(Address.ZERO, List.of(), List.of(), List.of(), List.of(), List.of());
    Sidecar sidecar =
        new Sidecar(
            new BlockAccessList(List.of(account)),
            List.of(new UnitAccess(List.of(all), List.of())));
    for (String kind : kinds) {
      Sidecar wrong = SidecarTampering.kinds().get(kind).spoil(sidecar, new Random(1));
      Sidecar sent = Sidecar.decode(wrong.listBytes(), wrong.extensionBytes());
      assertNotNull(SidecarCheck.difference(sent, sidecar), kind);
    }
  }

  /**
   * Sends a wrong sidecar over the wire and replays its block, and those behind it until one gives
   * it away; the blocks before are as they were. What gave it away, or null.
   */
  private static String finding(VersionedSnapshot truth, int wrongBlock, Sidecar wrong) {
    VersionedSnapshot versioned;
    try {
      List<Sidecar> sidecars = new ArrayList<>(SIDECARS);
      sidecars.set(wrongBlock, Sidecar.decode(wrong.listBytes(), wrong.extensionBytes()));
      versioned = versioned(sidecars);
    } catch (IllegalArgumentException | RlpException e) {
      return e.getMessage();
    }
    UnitExecutor executor = new UnitExecutor(new Interpreter());
    for (int block = wrongBlock; block < SIDECARS.size(); block++) {
      SidecarBuilder builder = new SidecarBuilder(truth.asOf(block));
      for (Unit unit : UNITS) {
        if (unit.block().context().number() == block + 1) {
          StateReader before = versioned.before(block + 1, unit.blockAccessIndex());
          Outcome outcome = executor.execute(before, unit, Mode.EXACT);
          builder.add(unit.blockAccessIndex(), outcome.reads(), outcome.writes());
        }
      }
      Sidecar claimed = block == wrongBlock ? wrong : SIDECARS.get(block);
      SidecarDifference difference = SidecarCheck.difference(claimed, builder.build());
      if (difference != null) {
        return difference.toString();
      }
    }
    return null;
  }
}
