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
import io.rekindle.evm.state.OverlayState;
import io.rekindle.evm.state.StateReader;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.UInt256;
import io.rekindle.snapshot.sidecar.AccountAccess;
import io.rekindle.snapshot.sidecar.AccountMark;
import io.rekindle.snapshot.sidecar.BlockAccessList;
import io.rekindle.snapshot.sidecar.IndexedChange;
import io.rekindle.snapshot.sidecar.Sidecar;
import io.rekindle.snapshot.sidecar.SidecarBuilder;
import io.rekindle.snapshot.sidecar.SidecarCheck;
import io.rekindle.snapshot.sidecar.SlotChanges;
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
      String difference = SidecarCheck.difference(claimed.get(block), builder.build());
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
      assertEquals(OUTCOMES.get(i).logs().size(), replayed.get(i).logs().size());
      if (OUTCOMES.get(i).result() instanceof Executed expected) {
        Executed actual = (Executed) replayed.get(i).result();
        assertEquals(expected.halt(), actual.halt());
        assertEquals(expected.gasUsed(), actual.gasUsed());
        assertArrayEquals(expected.output(), actual.output());
      }
    }
    assertNull(difference(SIDECARS, replayed));
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

  /** One entry altered, left out or added, anywhere: the replay's own sidecar differs. */
  @Test
  void aWrongSidecarIsFoundOut() {
    Random random = new Random(7);
    for (int attempt = 0; attempt < 2 * Tampering.KINDS; attempt++) {
      int block = 0;
      Sidecar wrong = null;
      while (wrong == null) {
        block = random.nextInt(SIDECARS.size());
        wrong = Tampering.one(SIDECARS.get(block), attempt % Tampering.KINDS, random);
      }
      List<Sidecar> sidecars = new ArrayList<>(SIDECARS);
      sidecars.set(block, wrong);
      String difference = difference(sidecars, replay(versioned(sidecars), attempt));
      assertNotNull(difference, "kind " + attempt % Tampering.KINDS);
    }
  }

  /** Ways to spoil a sidecar. */
  private static final class Tampering {
    static final int KINDS = 6;

    private Tampering() {}

    static Sidecar one(Sidecar sidecar, int kind, Random random) {
      List<AccountAccess> accounts = new ArrayList<>(sidecar.list().accounts());
      List<UnitAccess> units = new ArrayList<>(sidecar.units());
      int at = random.nextInt(accounts.size());
      AccountAccess account = accounts.get(at);
      switch (kind) {
        case 0 -> {
          if (account.balances().isEmpty()) {
            return null;
          }
          IndexedChange<UInt256> first = account.balances().get(0);
          accounts.set(
              at,
              with(
                  account,
                  List.of(
                      new IndexedChange<>(
                          first.blockAccessIndex(), first.value().add(UInt256.ONE)))));
        }
        case 1 -> {
          if (account.balances().isEmpty()) {
            return null;
          }
          accounts.set(at, with(account, List.of()));
        }
        case 2 -> {
          if (!account.balances().isEmpty()) {
            return null;
          }
          accounts.set(at, with(account, List.of(new IndexedChange<>(1, UInt256.of(77)))));
        }
        case 3 -> {
          if (account.storageChanges().isEmpty()) {
            return null;
          }
          List<SlotChanges> slots = new ArrayList<>(account.storageChanges());
          slots.remove(random.nextInt(slots.size()));
          accounts.set(at, with(account, slots, account.storageReads()));
        }
        case 4 -> {
          if (account.storageReads().isEmpty()) {
            return null;
          }
          accounts.set(at, with(account, account.storageChanges(), List.of()));
        }
        default -> {
          int unit = random.nextInt(units.size());
          if (units.get(unit).marks().isEmpty()) {
            return null;
          }
          List<AccountMark> marks = new ArrayList<>(units.get(unit).marks());
          AccountMark mark = marks.get(0);
          marks.set(0, new AccountMark(mark.address(), mark.flags() ^ AccountMark.EXISTS));
          units.set(unit, new UnitAccess(units.get(unit).reads(), marks));
        }
      }
      return new Sidecar(new BlockAccessList(accounts), units);
    }

    private static AccountAccess with(
        AccountAccess account, List<IndexedChange<UInt256>> balances) {
      return new AccountAccess(
          account.address(),
          account.storageChanges(),
          account.storageReads(),
          balances,
          account.nonces(),
          account.codes());
    }

    private static AccountAccess with(
        AccountAccess account, List<SlotChanges> changes, List<UInt256> reads) {
      return new AccountAccess(
          account.address(), changes, reads, account.balances(), account.nonces(), account.codes());
    }
  }
}
