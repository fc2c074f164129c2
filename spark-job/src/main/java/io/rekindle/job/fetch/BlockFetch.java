package io.rekindle.job.fetch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.rekindle.evm.chain.Block;
import io.rekindle.evm.chain.Header;
import io.rekindle.evm.chain.JsonBlocks;
import io.rekindle.evm.chain.JsonBlocks.JsonBlock;
import io.rekindle.evm.chain.JsonFormatException;
import io.rekindle.job.fetch.JsonRpc.Call;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.apache.hadoop.conf.Configuration;

/**
 * Makes dumps of a node's blocks, each with the state that it starts from and the hashes that it
 * can ask for. Blocks that are in the folder already are left alone, so that the same call
 * continues what was broken off.
 */
public final class BlockFetch {
  /** Calls in a request; nodes refuse more than a thousand. */
  private static final int MAX_BATCH = 100;

  /** Blocks that are asked for at once. */
  private static final int CHUNK = 16;

  private static final Duration FIRST_WAIT = Duration.ofMillis(250);

  private final JsonRpc rpc;
  private final DumpOutput output;
  private final PrestateFetch prestates;
  private final AncestorHashes ancestors;

  /**
   * @param url of the node's JSON-RPC over HTTP
   * @param folder to write to, on any Hadoop file system
   * @throws IllegalArgumentException where the address is none
   * @throws IOException where the folder cannot be used
   */
  public BlockFetch(String url, String folder, Configuration configuration) throws IOException {
    this(new JsonRpc(url, MAX_BATCH, FIRST_WAIT), new DumpOutput(folder, configuration));
  }

  BlockFetch(JsonRpc rpc, DumpOutput output) {
    this.rpc = rpc;
    this.output = output;
    this.prestates = new PrestateFetch(rpc);
    this.ancestors = new AncestorHashes(rpc);
  }

  /**
   * What a call did.
   *
   * @param fetched blocks that were written
   * @param present blocks that were there before
   */
  public record Result(long fetched, long present) {}

  /**
   * @param first at least 1: block 0 is the genesis, which nothing leads to
   * @param progress is told each block's number once it is written
   */
  public Result fetch(long first, long last, LongConsumer progress) throws IOException {
    if (first < 1 || last < first) {
      throw new IllegalArgumentException(
          "no blocks to fetch from " + first + " to " + last + ": from 1 on, and in order");
    }
    checkHead(last);
    long present = 0;
    List<Long> chunk = new ArrayList<>();
    for (long number = first; number <= last; number++) {
      if (output.has(number)) {
        present++;
      } else {
        chunk.add(number);
      }
      if (chunk.size() == CHUNK || number == last) {
        fetchChunk(chunk, progress);
        chunk.clear();
      }
    }
    return new Result(last - first + 1 - present, present);
  }

  private void checkHead(long last) throws IOException {
    long head = Long.decode(rpc.call(Call.of("eth_blockNumber")).asText());
    if (last > head) {
      throw new RpcException(
          rpc.node() + ": block " + last + ": the node's chain ends with block " + head, 0);
    }
  }

  private void fetchChunk(List<Long> numbers, LongConsumer progress) throws IOException {
    List<Call> calls =
        numbers.stream()
            .map(n -> Call.of("eth_getBlockByNumber", "0x" + Long.toHexString(n), true))
            .toList();
    List<JsonNode> blocks = rpc.batch(calls);
    for (int i = 0; i < blocks.size(); i++) {
      fetchBlock(numbers.get(i), blocks.get(i));
      progress.accept(numbers.get(i));
    }
  }

  private void fetchBlock(long number, JsonNode json) throws IOException {
    JsonBlock read = read(number, json);
    ArrayNode ommers = JsonRpc.MAPPER.createArrayNode();
    List<Header> ommerHeaders = new ArrayList<>();
    for (int i = 0; i < read.ommerHashes().size(); i++) {
      JsonNode ommer =
          rpc.call(
              Call.of(
                  "eth_getUncleByBlockNumberAndIndex",
                  "0x" + Long.toHexString(number),
                  "0x" + Integer.toHexString(i)));
      ommers.add(ommer);
      ommerHeaders.add(JsonBlocks.header(ommer));
    }
    Block block = read.withOmmers(ommerHeaders);
    Map<String, JsonNode> files = new LinkedHashMap<>();
    files.put("block", json);
    files.put("prestate", prestates.fetch(block));
    if (!block.transactions().isEmpty()) {
      files.put("block_hashes", ancestors.before(number));
    }
    if (!ommers.isEmpty()) {
      files.put("ommers", ommers);
    }
    output.write(number, files);
  }

  /** The block, whose header must have the hash that the node gives: else a field is not known. */
  private JsonBlock read(long number, JsonNode json) throws IOException {
    String where = rpc.node() + ": block " + number + ": ";
    if (!json.isObject()) {
      throw new RpcException(where + "the node lacks it", 0);
    }
    try {
      JsonBlock block = JsonBlocks.read(json);
      if (!block.block().header().hash().equals(block.hash())) {
        throw new RpcException(
            where
                + "the header's hash is "
                + block.block().header().hash()
                + ", the node says "
                + block.hash(),
            0);
      }
      return block;
    } catch (JsonFormatException e) {
      throw new RpcException(where + e.getMessage(), e);
    }
  }
}
