package io.rekindle.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rekindle.evm.chain.Block;
import io.rekindle.evm.chain.Header;
import io.rekindle.evm.chain.JsonBlocks;
import io.rekindle.evm.chain.JsonBlocks.JsonBlock;
import io.rekindle.evm.chain.Roots;
import io.rekindle.evm.chain.Senders;
import io.rekindle.evm.engine.AncestorHashes;
import io.rekindle.evm.engine.Engines;
import io.rekindle.evm.fork.ChainSpec;
import io.rekindle.evm.fork.Fork;
import io.rekindle.evm.process.BlockProcessor;
import io.rekindle.evm.process.BlockResult;
import io.rekindle.evm.process.BlockRule;
import io.rekindle.evm.process.UnitExecutor;
import io.rekindle.evm.state.MissingStateException;
import io.rekindle.evm.state.OverlayState;
import io.rekindle.evm.word.Hash;
import io.rekindle.snapshot.Snapshot;
import io.rekindle.snapshot.SnapshotBuilder;
import io.rekindle.snapshot.Unlisted;
import io.rekindle.snapshot.importer.PrestateDump;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/**
 * Real blocks of mainnet, each on the state that it reads. That state is partial, so that it has no
 * root; everything else that the headers claim is checked.
 */
class MainnetBlocksTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final int BLOCKS = 41;

  @Test
  void everyBlockIsWhatItsHeaderClaims() throws IOException {
    Map<String, String> failures = new TreeMap<>();
    List<Path> folders;
    try (Stream<Path> list = Files.list(Fixtures.require("mainnet-blocks"))) {
      folders = list.filter(Files::isDirectory).sorted().toList();
    }
    for (Path folder : folders) {
      String failure = judge(folder);
      if (!failure.isEmpty()) {
        failures.put(folder.getFileName().toString(), failure);
      }
    }
    System.out.println("mainnet blocks: " + folders.size() + ", failing: " + failures);
    assertEquals(Map.of(), failures);
    assertEquals(BLOCKS, folders.size());
  }

  private static String judge(Path folder) throws IOException {
    JsonBlock json = JsonBlocks.read(read(folder.resolve("block.json.gz")));
    Block block = json.block();
    Header header = block.header();
    assertEquals(json.hash(), header.hash());
    assertEquals(header.transactionsRoot(), Roots.transactions(block.transactions()));
    Fork fork = ChainSpec.MAINNET.forkAt(header.number(), header.timestamp());

    BlockResult result =
        new BlockProcessor(
                new UnitExecutor(Engines.named(Engines.DEFAULT).get()),
                ChainSpec.MAINNET,
                BlockProcessor.StateRoots.UNKNOWN)
            .execute(
                block,
                fork,
                block.transactions().stream().map(Senders::recover).toList(),
                ancestorHashes(folder.resolve("block_hashes.json")),
                new OverlayState(prestate(folder)));

    if (result.valid()) {
      List<BlockRule> held = result.checks().stream().map(check -> check.rule()).toList();
      assertTrue(held.contains(BlockRule.GAS_USED));
      assertTrue(held.contains(BlockRule.LOGS_BLOOM));
      assertEquals(fork.statusReceipts(), held.contains(BlockRule.RECEIPTS_ROOT));
    }
    return result.failures().stream().map(Object::toString).collect(Collectors.joining("; "));
  }

  private static Snapshot prestate(Path folder) throws IOException {
    SnapshotBuilder builder = new SnapshotBuilder(Unlisted.ABSENT);
    PrestateDump.read(folder.resolve("prestate.json.gz")).writeTo(builder);
    return builder.build();
  }

  private static AncestorHashes ancestorHashes(Path file) throws IOException {
    JsonNode hashes =
        Files.exists(file) ? MAPPER.readTree(Files.readAllBytes(file)) : MAPPER.createObjectNode();
    return number -> {
      JsonNode hash = hashes.get(Long.toString(number));
      if (hash == null) {
        throw new MissingStateException("hash of block " + number);
      }
      return Hash.ofHex(hash.asText());
    };
  }

  private static JsonNode read(Path file) throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      return MAPPER.readTree(in);
    }
  }
}
