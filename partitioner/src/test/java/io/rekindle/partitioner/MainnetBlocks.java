package io.rekindle.partitioner;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rekindle.evm.chain.Block;
import io.rekindle.evm.chain.JsonBlocks;
import io.rekindle.evm.fork.ChainSpec;
import io.rekindle.evm.fork.Fork;
import io.rekindle.evm.process.BlockInput;
import io.rekindle.evm.process.BlockInputs;
import io.rekindle.evm.process.Unit;
import io.rekindle.evm.state.Account;
import io.rekindle.evm.state.Code;
import io.rekindle.evm.state.OverlayState;
import io.rekindle.evm.state.StateReader;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.Hex;
import io.rekindle.evm.word.UInt256;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/** The mainnet blocks of the fixtures, each with the state it starts from. */
final class MainnetBlocks {
  private static final ObjectMapper JSON = new ObjectMapper();

  private MainnetBlocks() {}

  /** Units of a block, and their state. */
  record Case(long number, List<Unit> units, StateReader state) {}

  /** All blocks with transactions, by number. Skips the test, and says so, without fixtures. */
  static List<Case> all() {
    Path folder = Path.of(System.getProperty("rekindle.fixtures", "none"), "mainnet-blocks");
    boolean present = Files.isDirectory(folder);
    if (!present) {
      System.out.println("SKIPPED: no fixtures at " + folder);
    }
    assumeTrue(present, "no fixtures at " + folder);
    try (Stream<Path> blocks = Files.list(folder)) {
      return blocks
          .map(MainnetBlocks::read)
          .filter(block -> !block.units().isEmpty())
          .sorted(Comparator.comparingLong(Case::number))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Case read(Path folder) {
    JsonNode json = parse(folder.resolve("block.json.gz"));
    Block block = JsonBlocks.read(json).block();
    long number = block.header().number();
    Fork fork =
        ChainSpec.MAINNET
            .schedule()
            .forkOfHeader(number, block.header().timestamp(), block.header().difficulty());
    BlockInput input = BlockInputs.of(block, fork, ChainSpec.MAINNET, ancestors(folder));
    JsonNode inner = json.has("result") ? json.get("result") : json;
    List<Address> senders = new ArrayList<>();
    inner.get("transactions").forEach(tx -> senders.add(Address.ofHex(tx.get("from").asText())));
    List<Unit> units = new ArrayList<>();
    for (Unit unit : BlockInputs.units(input, block, senders)) {
      // What only openings and closings touch is not in the fixture.
      if (unit instanceof Unit.TransactionUnit) {
        units.add(unit);
      }
    }
    return new Case(number, units, state(parse(folder.resolve("prestate.json.gz"))));
  }

  private static io.rekindle.evm.engine.AncestorHashes ancestors(Path folder) {
    Map<Long, Hash> hashes = new HashMap<>();
    Path file = folder.resolve("block_hashes.json");
    if (Files.exists(file)) {
      JsonNode json = parse(file);
      json.fieldNames()
          .forEachRemaining(
              name -> hashes.put(Long.decode(name), Hash.ofHex(json.get(name).asText())));
    }
    return hashes::get;
  }

  private static JsonNode parse(Path file) {
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(file));
        InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw) {
      return JSON.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static StateReader state(JsonNode json) {
    OverlayState state = new OverlayState(OverlayState.EMPTY);
    json.fieldNames()
        .forEachRemaining(
            name -> {
              JsonNode node = json.get(name);
              Code code =
                  node.has("code") ? Code.of(Hex.decode(node.get("code").asText())) : Code.EMPTY;
              Map<UInt256, UInt256> slots = new HashMap<>();
              if (node.has("storage")) {
                JsonNode storage = node.get("storage");
                storage
                    .fieldNames()
                    .forEachRemaining(
                        slot ->
                            slots.put(
                                UInt256.ofHex(slot), UInt256.ofHex(storage.get(slot).asText())));
              }
              UInt256 balance =
                  node.has("balance") ? UInt256.ofHex(node.get("balance").asText()) : UInt256.ZERO;
              long nonce = node.has("nonce") ? node.get("nonce").asLong() : 0;
              Account account = new Account(nonce, balance, code.hash());
              state.put(Address.ofHex(name), account, code, slots);
            });
    return state;
  }
}
