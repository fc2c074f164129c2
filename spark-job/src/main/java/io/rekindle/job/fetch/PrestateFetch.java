package io.rekindle.job.fetch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rekindle.evm.chain.Block;
import io.rekindle.evm.chain.Header;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.UInt256;
import io.rekindle.job.fetch.JsonRpc.Call;
import io.rekindle.job.fetch.SystemAccounts.Queue;
import java.io.IOException;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The state that a block starts from, as far as the block touches it.
 *
 * <p>What its transactions touch comes from a trace of each ({@code prestateTracer}): of an account
 * and of a slot the value before the first transaction that touches it is the value before the
 * block. That needs accounts to be listed while they are empty ({@code includeEmpty}), or one that
 * is created in the block would show up with what a later transaction found. What the opening and
 * the closing touch comes from the state after the block before; so do all slots of the contracts
 * that the opening writes, since a trace shows them as they are after it.
 */
final class PrestateFetch {
  private static final Map<String, Object> TRACER =
      Map.of("tracer", "prestateTracer", "tracerConfig", Map.of("includeEmpty", true));

  private final JsonRpc rpc;

  PrestateFetch(JsonRpc rpc) {
    this.rpc = rpc;
  }

  /** The dump of one block's start. */
  ObjectNode fetch(Block block) throws IOException {
    Header header = block.header();
    ObjectNode dump = JsonRpc.MAPPER.createObjectNode();
    if (!block.transactions().isEmpty()) {
      for (JsonNode transaction : trace(header.number())) {
        addFirstSight(dump, transaction.path("result"));
      }
    }
    new NodeState(rpc, header.number() - 1).addTo(dump, systemAccounts(block, dump));
    dump.fieldNames()
        .forEachRemaining(address -> dump.replace(address, nullIfEmpty(dump.get(address))));
    return dump;
  }

  /**
   * A trace lists accounts without balance, nonce and code whether they exist or not. From Spurious
   * Dragon on that is the same (EIP-161); before, nearly all of them do not exist.
   */
  private static JsonNode nullIfEmpty(JsonNode account) {
    boolean empty =
        UInt256.ofHex(account.path("balance").asText("0x0")).isZero()
            && account.path("nonce").asLong() == 0
            && account.path("code").asText("0x").equals("0x");
    return empty ? NullNode.getInstance() : account;
  }

  private JsonNode trace(long number) throws IOException {
    String what = "debug_traceBlockByNumber of block " + number;
    JsonNode trace;
    try {
      trace =
          rpc.call(Call.of("debug_traceBlockByNumber", "0x" + Long.toHexString(number), TRACER));
    } catch (RpcException e) {
      if (e.code() == 0) {
        throw e;
      }
      throw new RpcException(
          rpc.node()
              + ": block "
              + number
              + ": the node has no historical debug state ("
              + e.getMessage()
              + "); it takes an archive node with the debug methods switched on",
          e);
    }
    for (JsonNode transaction : trace) {
      if (!transaction.path("result").isObject()) {
        throw new RpcException(
            rpc.node() + ": " + what + ": " + transaction.path("error").asText("no result"), 0);
      }
    }
    if (!trace.isArray()) {
      throw new RpcException(rpc.node() + ": " + what + ": no list of traces", 0);
    }
    return trace;
  }

  /** Takes over accounts and slots that no earlier transaction showed. */
  private static void addFirstSight(ObjectNode dump, JsonNode accounts) {
    for (Map.Entry<String, JsonNode> account : accounts.properties()) {
      ObjectNode seen = (ObjectNode) dump.get(account.getKey());
      if (seen == null) {
        dump.set(account.getKey(), account.getValue());
        continue;
      }
      JsonNode storage = account.getValue().path("storage");
      ObjectNode seenStorage =
          seen.has("storage") ? (ObjectNode) seen.get("storage") : seen.putObject("storage");
      for (Map.Entry<String, JsonNode> slot : storage.properties()) {
        if (!seenStorage.has(slot.getKey())) {
          seenStorage.set(slot.getKey(), slot.getValue());
        }
      }
    }
  }

  /** What to ask the state before the block for. */
  private Map<Address, SortedSet<UInt256>> systemAccounts(Block block, ObjectNode dump)
      throws IOException {
    Header header = block.header();
    Map<Address, SortedSet<UInt256>> wanted = new TreeMap<>();
    for (Address credited : SystemAccounts.credited(block)) {
      if (!dump.has(credited.toString())) {
        wanted.put(credited, new TreeSet<>());
      }
    }
    if (header.parentBeaconBlockRoot() != null) {
      wanted.put(SystemAccounts.BEACON_ROOTS, SystemAccounts.beaconSlots(header));
    }
    if (header.requestsHash() != null) {
      wanted.put(SystemAccounts.HISTORY_STORAGE, SystemAccounts.historySlots(header));
    }
    NodeState before = new NodeState(rpc, header.number() - 1);
    for (Queue queue : SystemAccounts.queues(header)) {
      long head = before.slot(queue.contract(), queue.headSlot()).toLongSaturated();
      wanted.put(queue.contract(), queue.slots(head));
    }
    wanted.forEach((address, slots) -> slots.addAll(seenSlots(dump, address)));
    return wanted;
  }

  private static SortedSet<UInt256> seenSlots(ObjectNode dump, Address address) {
    SortedSet<UInt256> slots = new TreeSet<>();
    dump.path(address.toString())
        .path("storage")
        .fieldNames()
        .forEachRemaining(slot -> slots.add(UInt256.ofHex(slot)));
    return slots;
  }
}
