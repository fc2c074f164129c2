package io.rekindle.snapshot.importer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import io.rekindle.evm.state.Account;
import io.rekindle.evm.state.AccountWrites;
import io.rekindle.evm.state.Code;
import io.rekindle.evm.state.MissingStateException;
import io.rekindle.evm.state.OverlayState;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import io.rekindle.snapshot.Fixtures;
import io.rekindle.snapshot.trie.StateProof;
import io.rekindle.snapshot.trie.StateTrie;
import io.rekindle.snapshot.trie.TrieState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A real block's witness: its state before, the change, and the root after. */
class ExecutionWitnessTest {
  private static final String NAME = "witness/22615247.json.gz";

  private static Hash preRoot(JsonNode tree) {
    return Hash.ofHex(tree.at("/witness/ancestors/0/stateRoot").asText());
  }

  @Test
  void theStateIsProvenAndHoldsWhatTheBlockReads() throws IOException {
    Path file = Fixtures.path(NAME);
    JsonNode tree = StateJson.tree(file);
    TrieState state = ExecutionWitness.read(file).prove(preRoot(tree));
    assertEquals(preRoot(tree), state.trie().root());
    for (Map.Entry<String, JsonNode> entry : tree.at("/extra/preState").properties()) {
      Address address = Address.ofHex(entry.getKey());
      JsonNode expected = entry.getValue();
      if (expected.isNull()) {
        assertNull(state.account(address));
        continue;
      }
      assertEquals(account(expected), state.account(address));
      assertEquals(
          Hash.ofHex(expected.get("storageHash").asText()), state.trie().storageRoot(address));
      if (expected.has("code")) {
        Code code = Code.of(StateJson.bytes(expected.get("code"), "code"));
        assertEquals(code.hash(), state.code(state.account(address).codeHash()).hash());
      }
      if (expected.has("storage")) {
        for (Map.Entry<String, JsonNode> slot : expected.get("storage").properties()) {
          assertEquals(
              UInt256.ofHex(slot.getValue().asText()),
              state.storage(address, UInt256.ofHex(slot.getKey())));
        }
      }
    }
  }

  private static Account account(JsonNode fields) {
    return new Account(
        UInt256.ofHex(fields.get("nonce").asText()).limb0(),
        UInt256.ofHex(fields.get("balance").asText()),
        Hash.ofHex(fields.get("codeHash").asText()));
  }

  @Test
  void theExpectedChangesLeadToTheHeadersRoot() throws IOException {
    Path file = Fixtures.path(NAME);
    JsonNode tree = StateJson.tree(file);
    TrieState state = ExecutionWitness.read(file).prove(preRoot(tree));
    OverlayState overlay = new OverlayState(state);
    for (JsonNode change : tree.at("/extra/stateDiffs")) {
      Map<UInt256, UInt256> slots = new HashMap<>();
      Address address = Address.ofHex(change.get("address").asText());
      for (JsonNode slot : change.path("storage")) {
        UInt256 key = UInt256.ofHex(slot.get("storageKey").asText());
        assertEquals(UInt256.ofHex(slot.get("preValue").asText()), state.storage(address, key));
        slots.put(key, UInt256.ofHex(slot.get("postValue").asText()));
      }
      // Slots that become zero are written; put leaves them out.
      overlay.put(address, account(change.get("postAccount")), Code.EMPTY, Map.of());
      overlay.apply(writesOf(address, slots), true, overlay.change(address));
    }
    assertEquals(
        Hash.ofHex(tree.at("/blocks/0/header/stateRoot").asText()),
        state.trie().apply(overlay).root());
  }

  private static AccountWrites writesOf(Address address, Map<UInt256, UInt256> slots) {
    UInt256[] keys = slots.keySet().toArray(UInt256[]::new);
    UInt256[] values = Stream.of(keys).map(slots::get).toArray(UInt256[]::new);
    UInt256 none = UInt256.ZERO;
    return new AccountWrites(
        address, none, none, false, 0, null, false, false, false, keys, values);
  }

  @Test
  void whatTheWitnessLacksIsMissing() throws IOException {
    Path file = Fixtures.path(NAME);
    Hash root = preRoot(StateJson.tree(file));
    TrieState state = ExecutionWitness.read(file).prove(root);
    int missing = 0;
    for (int i = 0; i < 1000; i++) {
      Address address = Address.of(i, i * 31L, i * 17L);
      try {
        assertNull(state.account(address));
      } catch (MissingStateException e) {
        missing++;
      }
    }
    assertNotEquals(0, missing);
    assertThrows(MissingStateException.class, () -> state.code(Hash.ZERO));
  }

  /**
   * Without any one of its nodes, a read is missing or right; with a node altered it is missing.
   */
  @Test
  void noNodeIsTakenOnTrust() throws IOException {
    Path file = Fixtures.path(NAME);
    JsonNode tree = StateJson.tree(file);
    Hash root = preRoot(tree);
    ExecutionWitness witness = ExecutionWitness.read(file);
    TrieState whole = witness.prove(root);
    int different = 0;
    for (int i = 0; i < witness.state().size(); i += 7) {
      List<byte[]> nodes = new ArrayList<>(witness.state());
      byte[] altered = nodes.get(i).clone();
      altered[altered.length - 1] ^= 1;
      nodes.set(i, altered);
      try {
        StateTrie trie = StateTrie.ofWitness(root, nodes);
        assertEquals(root, trie.root());
        for (Map.Entry<String, JsonNode> entry : tree.at("/extra/preState").properties()) {
          Address address = Address.ofHex(entry.getKey());
          assertEquals(whole.account(address), trie.account(address));
        }
      } catch (MissingStateException | IllegalArgumentException e) {
        different++;
      }
    }
    assertNotEquals(0, different);
  }

  @Test
  void proofsStandAlone() throws IOException {
    Path file = Fixtures.path(NAME);
    JsonNode tree = StateJson.tree(file);
    Hash root = preRoot(tree);
    TrieState state = ExecutionWitness.read(file).prove(root);
    for (Map.Entry<String, JsonNode> entry : tree.at("/extra/preState").properties()) {
      Address address = Address.ofHex(entry.getKey());
      List<UInt256> slots = new ArrayList<>();
      if (entry.getValue().has("storage")) {
        entry
            .getValue()
            .get("storage")
            .fieldNames()
            .forEachRemaining(slot -> slots.add(UInt256.ofHex(slot)));
      }
      StateProof proof = state.trie().prove(address, slots);
      List<byte[]> nodes = new ArrayList<>(proof.account());
      proof.slots().values().forEach(nodes::addAll);
      StateTrie proven = StateTrie.ofWitness(root, nodes);
      assertEquals(state.account(address), proven.account(address));
      for (UInt256 slot : slots) {
        assertEquals(state.storage(address, slot), proven.storage(address, slot));
      }
    }
  }
}
