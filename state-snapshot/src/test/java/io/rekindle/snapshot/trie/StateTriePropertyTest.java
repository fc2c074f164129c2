package io.rekindle.snapshot.trie;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.rekindle.evm.crypto.Keccak256;
import io.rekindle.evm.state.Account;
import io.rekindle.evm.state.Code;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntUnaryOperator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** An incremental root is the root from scratch, whatever happened before. */
class StateTriePropertyTest {
  /** A state as maps, and its root by the oracle. */
  private static final class Model {
    final Map<Hash, Account> accounts = new HashMap<>();
    final Map<Hash, SortedMap<Hash, UInt256>> slots = new HashMap<>();

    Hash root() {
      SortedMap<Hash, byte[]> values = new TreeMap<>();
      accounts.forEach(
          (key, account) -> {
            SortedMap<Hash, byte[]> storage = new TreeMap<>();
            slots
                .getOrDefault(key, new TreeMap<>())
                .forEach((slot, value) -> storage.put(slot, NaiveTrie.slotValue(value)));
            values.put(key, NaiveTrie.accountValue(account, NaiveTrie.root(storage)));
          });
      return NaiveTrie.root(values);
    }
  }

  @Property(tries = 150)
  void incrementalIsFromScratch(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int population) {
    run(new Random(seed), population, false);
  }

  /** Keys that are no hashes but differ late: extensions, embedded nodes and deep collapses. */
  @Property(tries = 150)
  void incrementalIsFromScratchWithCrowdedKeys(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int population) {
    run(new Random(seed), population, true);
  }

  /** Enough changes at once to be worked on by several threads. */
  @Property(tries = 3)
  void incrementalIsFromScratchInParallel(@ForAll long seed) {
    Random random = new Random(seed);
    Model model = new Model();
    StateTrie trie = StateTrie.EMPTY;
    for (int step = 0; step < 3; step++) {
      trie = trie.apply(changes(3000, i -> random.nextInt(5000), model, random, false), null);
      assertEquals(model.root(), trie.root());
    }
  }

  private static void run(Random random, int population, boolean crowded) {
    Model model = new Model();
    StateTrie trie = StateTrie.EMPTY;
    for (int step = 0; step < 12; step++) {
      int count = random.nextInt(population) + 1;
      trie =
          trie.apply(changes(count, i -> random.nextInt(population), model, random, crowded), null);
      assertEquals(model.root(), trie.root());
      for (Hash key : model.accounts.keySet()) {
        assertEquals(model.accounts.get(key), trie.account(key));
      }
      for (Hash key : model.accounts.keySet()) {
        for (int slot = 0; slot < 20; slot++) {
          Hash slotKey = key(slot, crowded);
          assertEquals(
              model.slots.get(key).getOrDefault(slotKey, UInt256.ZERO), trie.storage(key, slotKey));
        }
      }
      assertSame(trie, trie.apply(new Update[0], null));
    }
  }

  /** Updates of distinct keys; the model is changed along. */
  private static Update[] changes(
      int count, IntUnaryOperator keys, Model model, Random random, boolean crowded) {
    Map<Hash, Update> updates = new HashMap<>();
    for (int i = 0; i < count; i++) {
      Hash key = key(keys.applyAsInt(i), crowded);
      if (!updates.containsKey(key)) {
        updates.put(key, change(key, model, random, crowded));
      }
    }
    return updates.values().toArray(Update[]::new);
  }

  private static Update change(Hash key, Model model, Random random, boolean crowded) {
    int kind = random.nextInt(10);
    if (kind < 2) {
      model.accounts.remove(key);
      model.slots.remove(key);
      return new AccountUpdate(key, null, true, new Update[0]);
    }
    boolean wiped = kind == 2;
    Account account =
        kind == 3 && model.accounts.containsKey(key)
            ? model.accounts.get(key)
            : new Account(random.nextInt(300), UInt256.of(random.nextLong()), Code.EMPTY_HASH);
    model.accounts.put(key, account);
    SortedMap<Hash, UInt256> known = model.slots.computeIfAbsent(key, k -> new TreeMap<>());
    SortedMap<Hash, UInt256> slots = new TreeMap<>(known);
    if (wiped) {
      slots.clear();
    }
    Map<Hash, UInt256> written = new HashMap<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      Hash slot = key(random.nextInt(20), crowded);
      UInt256 value =
          random.nextInt(3) == 0
              ? UInt256.ZERO
              : random.nextBoolean()
                  ? UInt256.of(random.nextInt(200))
                  : UInt256.of(random.nextLong());
      written.put(slot, value);
      if (value.isZero()) {
        slots.remove(slot);
      } else {
        slots.put(slot, value);
      }
    }
    model.slots.put(key, slots);
    Update[] updates =
        written.entrySet().stream()
            .map(e -> new SlotUpdate(e.getKey(), e.getValue()))
            .toArray(Update[]::new);
    Arrays.sort(updates);
    return new AccountUpdate(key, account, wiped, updates);
  }

  private static Hash key(int number, boolean crowded) {
    if (!crowded) {
      return Keccak256.hash(UInt256.of(number).toBytes());
    }
    // Two nibbles at the front, the rest at the end.
    return Hash.of((long) (number & 1) << 60, 0, 0, (long) (number >> 1) * 0x11);
  }
}
