package io.rekindle.job.fetch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hex;
import io.rekindle.evm.word.UInt256;
import io.rekindle.job.fetch.JsonRpc.Call;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;

/**
 * The state after a block, from a node that keeps it, as entries of a prestate dump.
 *
 * @param block whose state it is
 */
record NodeState(JsonRpc rpc, long block) {
  private String at() {
    return "0x" + Long.toHexString(block);
  }

  UInt256 slot(Address address, UInt256 slot) throws IOException {
    return word(rpc.call(slotCall(address, slot)));
  }

  private Call slotCall(Address address, UInt256 slot) {
    return Call.of("eth_getStorageAt", address.toString(), Hex.encode(slot.toBytes()), at());
  }

  private static UInt256 word(JsonNode result) {
    return UInt256.ofHex(result.asText());
  }

  /** Adds accounts with some of their slots to a dump, over what the dump says of them. */
  void addTo(ObjectNode dump, Map<Address, SortedSet<UInt256>> wanted) throws IOException {
    List<Call> calls = new ArrayList<>();
    wanted.forEach(
        (address, slots) -> {
          calls.add(Call.of("eth_getBalance", address.toString(), at()));
          calls.add(Call.of("eth_getTransactionCount", address.toString(), at()));
          calls.add(Call.of("eth_getCode", address.toString(), at()));
          slots.forEach(slot -> calls.add(slotCall(address, slot)));
        });
    List<JsonNode> results = rpc.batch(calls);
    int next = 0;
    for (Map.Entry<Address, SortedSet<UInt256>> account : wanted.entrySet()) {
      ObjectNode entry = dump.putObject(account.getKey().toString());
      entry.put("balance", results.get(next++).asText());
      entry.put("nonce", Long.decode(results.get(next++).asText()));
      entry.put("code", results.get(next++).asText());
      ObjectNode storage = entry.putObject("storage");
      for (UInt256 slot : account.getValue()) {
        storage.put(Hex.encode(slot.toBytes()), Hex.encode(word(results.get(next++)).toBytes()));
      }
    }
  }
}
