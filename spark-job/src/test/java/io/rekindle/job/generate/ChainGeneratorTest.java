package io.rekindle.job.generate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rekindle.evm.chain.Block;
import io.rekindle.evm.chain.Genesis;
import io.rekindle.evm.chain.Senders;
import io.rekindle.evm.chain.Transaction;
import io.rekindle.evm.fork.Fork;
import io.rekindle.evm.interpreter.Interpreter;
import io.rekindle.evm.process.BlockProcessor;
import io.rekindle.evm.process.BlockResult;
import io.rekindle.evm.process.UnitExecutor;
import io.rekindle.evm.rlp.RlpReader;
import io.rekindle.evm.state.OverlayState;
import io.rekindle.evm.trie.StateRoot;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.job.generate.ChainGenerator.Summary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChainGeneratorTest {
  private static final long GAS = 3_000_000;

  @TempDir private Path folder;

  private static GeneratorSettings settings(Fork fork, long seed, Map<Action, Integer> mix) {
    return new GeneratorSettings(8, GAS, 64, 0.8, 0, fork, seed, mix);
  }

  private static GeneratorSettings usual(long seed) {
    return settings(Fork.OSAKA, seed, GeneratorSettings.usualMix(Fork.OSAKA));
  }

  private Summary generate(String name, GeneratorSettings settings) throws IOException {
    return new ChainGenerator(settings).write(folder.resolve(name));
  }

  private byte[] file(String name) throws IOException {
    return Files.readAllBytes(folder.resolve(name));
  }

  private List<Block> blocks(String name) throws IOException {
    RlpReader reader = RlpReader.of(file(name + "/chain.rlp"));
    List<Block> blocks = new ArrayList<>();
    while (reader.hasNext()) {
      blocks.add(Block.read(reader));
    }
    return blocks;
  }

  @Test
  void theSameSeedGivesTheSameBytes() throws IOException {
    generate("first", usual(7));
    generate("second", usual(7));
    generate("other", usual(8));
    assertArrayEquals(file("first/genesis.json"), file("second/genesis.json"));
    assertArrayEquals(file("first/chain.rlp"), file("second/chain.rlp"));
    assertFalse(Arrays.equals(file("first/chain.rlp"), file("other/chain.rlp")));
  }

  /** Guards against what the same run cannot show: a change of the machine or the platform. */
  @Test
  void theChainOfSeedOneIsKnown() throws IOException {
    Summary made = generate("known", usual(1));
    assertEquals(
        "0xabd83dd5f5b6aa56e9591e281c48792cb9d4257409df989b2ce25ba2467f5f59",
        made.head().toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"Paris", "Shanghai", "Cancun", "Prague", "Osaka"})
  void everyCheckOfEveryBlockPasses(String name) throws IOException {
    Fork fork = GeneratorSettings.forkNamed(name);
    Summary made = generate("chain", settings(fork, 3, GeneratorSettings.usualMix(fork)));
    assertTrue(made.transactions() > 150, made::toString);
    assertTrue(made.failed() * 8 < made.transactions(), made::toString);
    assertEquals(8.0 * GAS, (double) made.gas(), GAS / 4.0);

    Genesis genesis = Genesis.read(folder.resolve("chain/genesis.json"));
    OverlayState state = genesis.state();
    BlockProcessor processor =
        new BlockProcessor(new UnitExecutor(new Interpreter()), genesis.spec(), StateRoot::of);
    List<Block> blocks = blocks("chain");
    assertEquals(genesis.header().hash(), blocks.get(0).header().hash());
    Map<Long, Hash> hashes = new HashMap<>();
    for (int i = 1; i < blocks.size(); i++) {
      hashes.put(i - 1L, blocks.get(i - 1).header().hash());
      Block block = blocks.get(i);
      List<Address> senders = block.transactions().stream().map(Senders::recover).toList();
      BlockResult result =
          processor.process(block, senders, blocks.subList(0, i), hashes::get, state);
      assertEquals(List.of(), result.failures(), "block " + i);
    }
    assertEquals(made.head(), blocks.get(blocks.size() - 1).header().hash());
  }

  @ParameterizedTest
  @EnumSource(Action.class)
  void everyActionMostlySucceeds(Action action) throws IOException {
    Summary made = generate("one", settings(Fork.OSAKA, 5, Map.of(action, 1)));
    assertTrue(made.transactions() > 0, made::toString);
    if (action == Action.WASTE) {
      assertEquals(made.transactions(), made.failed());
    } else {
      assertTrue(made.failed() * 2 < made.transactions(), made::toString);
    }
  }

  @Test
  void theConflictRateAimsAtTheHottest() throws IOException {
    assertEquals(1, popular(0, 1), 0.01);
    double half = popular(0, 0.5);
    assertTrue(half > 0.4 && half < 0.6, () -> "share " + half);
    assertTrue(popular(0, 0) < 0.1);
    assertTrue(popular(2, 0) > popular(0.8, 0));
  }

  /** The share of payments that go to the most popular receiver. */
  private double popular(double hotSpot, double conflictRate) throws IOException {
    GeneratorSettings settings =
        new GeneratorSettings(
            3, GAS, 64, hotSpot, conflictRate, Fork.OSAKA, 1, Map.of(Action.PAYMENT, 1));
    generate("popular", settings);
    List<Transaction> all =
        blocks("popular").stream().flatMap(b -> b.transactions().stream()).toList();
    long most =
        all.stream()
            .collect(Collectors.groupingBy(Transaction::to, Collectors.counting()))
            .values()
            .stream()
            .mapToLong(Long::longValue)
            .max()
            .orElseThrow();
    return (double) most / all.size();
  }

  @Test
  void settingsOutOfRange() {
    Map<Action, Integer> mix = Map.of(Action.PAYMENT, 1);
    assertThrows(
        IllegalArgumentException.class,
        () -> new GeneratorSettings(0, GAS, 64, 0, 0, Fork.OSAKA, 1, mix));
    assertThrows(
        IllegalArgumentException.class,
        () -> new GeneratorSettings(1, GAS, 64, 0, 1.5, Fork.OSAKA, 1, mix));
    assertThrows(
        IllegalArgumentException.class,
        () -> new GeneratorSettings(1, GAS, 64, 0, 0, Fork.LONDON, 1, mix));
    assertThrows(
        IllegalArgumentException.class, () -> settings(Fork.PARIS, 1, Map.of(Action.BLOB, 1)));
    assertThrows(
        IllegalArgumentException.class, () -> GeneratorSettings.parseMix("payment=1,theft=2"));
    assertEquals(
        Map.of(Action.PAYMENT, 3, Action.SWAP, 4), GeneratorSettings.parseMix("payment=3, swap=4"));
  }
}
