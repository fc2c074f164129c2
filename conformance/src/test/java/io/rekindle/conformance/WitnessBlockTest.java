package io.rekindle.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rekindle.evm.chain.Block;
import io.rekindle.evm.chain.Header;
import io.rekindle.evm.chain.JsonBlocks;
import io.rekindle.evm.chain.JsonBlocks.JsonBlock;
import io.rekindle.evm.chain.Senders;
import io.rekindle.evm.engine.AncestorHashes;
import io.rekindle.evm.engine.Engines;
import io.rekindle.evm.fork.ChainSpec;
import io.rekindle.evm.fork.Fork;
import io.rekindle.evm.process.BlockExecution;
import io.rekindle.evm.process.BlockInputs;
import io.rekindle.evm.process.BlockProcessor;
import io.rekindle.evm.process.BlockResult;
import io.rekindle.evm.process.BlockRule;
import io.rekindle.evm.process.Outcome;
import io.rekindle.evm.process.Unit;
import io.rekindle.evm.process.UnitExecutor;
import io.rekindle.evm.process.UnitResult;
import io.rekindle.evm.state.MissingStateException;
import io.rekindle.evm.state.OverlayState;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.partitioner.Partitioner;
import io.rekindle.snapshot.importer.ExecutionWitness;
import io.rekindle.snapshot.trie.StateTrie;
import io.rekindle.snapshot.trie.TrieState;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A real block of Prague that brings its state as an execution witness. */
class WitnessBlockTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Block block;
  private Block parent;
  private List<Address> senders;
  private ExecutionWitness witness;

  @BeforeEach
  void read() throws IOException {
    Path file = Fixtures.require("witness/22615247.json.gz");
    witness = ExecutionWitness.read(file);
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      JsonNode tree = MAPPER.readTree(in);
      JsonNode parts = tree.at("/blocks/0");
      ObjectNode json = parts.get("header").deepCopy();
      json.set("transactions", parts.get("transaction"));
      json.set("withdrawals", parts.get("withdrawals"));
      JsonBlock read = JsonBlocks.read(json);
      block = read.block();
      assertEquals(read.hash(), block.header().hash());
      Header before = JsonBlocks.header(tree.at("/witness/ancestors/0"));
      assertEquals(block.header().parentHash(), before.hash());
      parent = new Block(before, List.of(), List.of(), List.of());
      senders = block.transactions().stream().map(Senders::recover).toList();
    }
  }

  private Hash hash(long number) {
    if (number != parent.header().number()) {
      throw new MissingStateException("hash of block " + number);
    }
    return parent.header().hash();
  }

  private BlockResult process(BlockExecution execution, TrieState state) {
    return new BlockProcessor(
            execution, ChainSpec.MAINNET, after -> state.trie().apply(after).root())
        .process(block, senders, List.of(parent), this::hash, new OverlayState(state));
  }

  private static UnitExecutor executor() {
    return new UnitExecutor(Engines.named(Engines.DEFAULT).get());
  }

  private static void assertProven(BlockResult result) {
    assertTrue(result.valid(), () -> result.failures().toString());
    List<BlockRule> held = result.checks().stream().map(check -> check.rule()).toList();
    assertTrue(held.contains(BlockRule.STATE_ROOT));
    assertTrue(held.contains(BlockRule.RECEIPTS_ROOT));
    assertTrue(held.contains(BlockRule.REQUESTS_HASH));
  }

  @Test
  void theBlockLeadsFromTheProvenRootToTheHeaders() {
    TrieState state = witness.prove(parent.header().stateRoot());
    assertEquals(parent.header().stateRoot(), state.trie().root());
    assertProven(process(BlockExecution.serial(executor()), state));
  }

  @Test
  void theBlockLeadsThereInPartitionsToo() {
    TrieState state = witness.prove(parent.header().stateRoot());
    try (BlockExecution partitions =
        new PartitionedExecution(Engines.named(Engines.DEFAULT), Partitioner.DEFAULT)) {
      assertProven(process(partitions, state));
    }
  }

  /**
   * Without some of its nodes the block is never wrong: a unit that reads what is gone has no
   * answer when it runs ahead, and is an error when its turn comes on merged state.
   */
  @Test
  void whatIsNotInTheWitnessEndsUnitsAndThenTheMerge() {
    Hash root = parent.header().stateRoot();
    int unanswered = 0;
    for (int gone = 0; gone < witness.state().size(); gone += 60) {
      List<byte[]> nodes = new ArrayList<>(witness.state());
      nodes.remove(gone);
      TrieState state;
      try {
        state = new TrieState(StateTrie.ofWitness(root, nodes), witness.codes());
      } catch (IllegalArgumentException withoutRoot) {
        continue;
      }
      int before = unanswered;
      for (Unit unit : units(this::hash)) {
        Outcome outcome = executor().execute(state, unit, UnitExecutor.Mode.SPECULATIVE);
        unanswered += outcome.result() instanceof UnitResult.Unanswered ? 1 : 0;
      }
      if (unanswered > before) {
        try (BlockExecution partitions =
            new PartitionedExecution(Engines.named(Engines.DEFAULT), Partitioner.DEFAULT)) {
          assertThrows(MissingStateException.class, () -> process(partitions, state));
        }
      } else {
        // Nothing read it: it is needed for the root after the block, or for nothing.
        try {
          assertProven(process(BlockExecution.serial(executor()), state));
        } catch (MissingStateException e) {
          assertTrue(e.getMessage().contains("trie node"), e.getMessage());
        }
      }
    }
    assertTrue(unanswered > 3, "units without an answer: " + unanswered);
  }

  private List<Unit> units(AncestorHashes hashes) {
    Fork fork = ChainSpec.MAINNET.forkAt(block.header().number(), block.header().timestamp());
    return BlockInputs.units(
        BlockInputs.of(block, fork, ChainSpec.MAINNET, hashes), block, senders);
  }

  /** A read outside of the witness ends with a name, not with a zero. */
  @Test
  void aSenderOutsideOfTheWitnessIsNoEmptyAccount() {
    Outcome outcome =
        executor()
            .execute(
                witness.prove(parent.header().stateRoot()),
                new Unit.TransactionUnit(
                    BlockInputs.of(
                        block,
                        ChainSpec.MAINNET.forkAt(
                            block.header().number(), block.header().timestamp()),
                        ChainSpec.MAINNET,
                        this::hash),
                    0,
                    block.transactions().get(0),
                    Address.of(1, 2, 3)),
                UnitExecutor.Mode.EXACT);
    UnitResult.Unanswered result = assertInstanceOf(UnitResult.Unanswered.class, outcome.result());
    assertTrue(result.what().contains("trie node"), result.what());
  }
}
