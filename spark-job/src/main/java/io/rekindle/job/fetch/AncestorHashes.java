package io.rekindle.job.fetch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rekindle.job.fetch.JsonRpc.Call;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Hashes of the blocks before a block, which BLOCKHASH can ask for. Asked of the node once each.
 */
final class AncestorHashes {
  private static final int REACH = 256;

  private final JsonRpc rpc;
  private final TreeMap<Long, String> known = new TreeMap<>();

  AncestorHashes(JsonRpc rpc) {
    this.rpc = rpc;
  }

  /** The hashes of up to 256 blocks before a block, by number. Numbers may only rise. */
  ObjectNode before(long number) throws IOException {
    long first = Math.max(0, number - REACH);
    known.headMap(first).clear();
    List<Call> calls = new ArrayList<>();
    List<Long> asked = new ArrayList<>();
    for (long ancestor = first; ancestor < number; ancestor++) {
      if (!known.containsKey(ancestor)) {
        asked.add(ancestor);
        calls.add(Call.of("eth_getBlockByNumber", "0x" + Long.toHexString(ancestor), false));
      }
    }
    List<JsonNode> blocks = rpc.batch(calls);
    for (int i = 0; i < asked.size(); i++) {
      JsonNode hash = blocks.get(i).path("hash");
      if (!hash.isTextual()) {
        throw new RpcException(rpc.node() + ": block " + asked.get(i) + ": the node lacks it", 0);
      }
      known.put(asked.get(i), hash.asText());
    }
    ObjectNode hashes = JsonRpc.MAPPER.createObjectNode();
    known.headMap(number).forEach((ancestor, hash) -> hashes.put(ancestor.toString(), hash));
    return hashes;
  }
}
