package io.rekindle.snapshot.importer;

import com.fasterxml.jackson.databind.JsonNode;
import io.rekindle.evm.chain.Header;
import io.rekindle.evm.chain.JsonBlocks;
import io.rekindle.evm.chain.JsonFormatException;
import io.rekindle.evm.rlp.RlpException;
import io.rekindle.evm.state.Code;
import io.rekindle.evm.word.Hash;
import io.rekindle.snapshot.trie.StateTrie;
import io.rekindle.snapshot.trie.TrieState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * An execution witness ({@code debug_executionWitness}): the trie nodes and the code that a block's
 * execution needs. A read outside of it is a {@link io.rekindle.evm.state.MissingStateException}.
 *
 * @param state encoded trie nodes, in any order
 * @param codes by hash, which was computed
 * @param parent of the block, the last of the headers that the witness brings, or null. Nothing
 *     proves it but its hash
 */
public record ExecutionWitness(List<byte[]> state, Map<Hash, Code> codes, Header parent) {

  /**
   * Reads a file with the fields {@code state} and {@code codes}, or with them in {@code witness}.
   */
  public static ExecutionWitness read(Path file) throws IOException {
    JsonNode tree = StateJson.tree(file);
    return of(tree.has("witness") ? tree.get("witness") : tree, file.toString());
  }

  /**
   * A witness out of its JSON object.
   *
   * @param where for messages
   */
  public static ExecutionWitness of(JsonNode witness, String where) throws IOException {
    List<byte[]> state = new ArrayList<>();
    for (byte[] node : list(witness, "state", where)) {
      state.add(node);
    }
    Map<Hash, Code> codes = new HashMap<>();
    for (byte[] bytes : list(witness, "codes", where)) {
      Code code = Code.of(bytes);
      codes.put(code.hash(), code);
    }
    return new ExecutionWitness(state, codes, parent(witness, where));
  }

  /** Clients call the headers {@code headers} or {@code ancestors}, as objects or in RLP. */
  private static Header parent(JsonNode witness, String where) throws IOException {
    Header parent = null;
    for (String field : List.of("headers", "ancestors")) {
      for (JsonNode json : witness.path(field)) {
        String place = where + ": " + field;
        try {
          Header header =
              json.isObject()
                  ? JsonBlocks.header(json)
                  : Header.decode(StateJson.bytes(json, place));
          parent = parent == null || parent.number() < header.number() ? header : parent;
        } catch (JsonFormatException | RlpException e) {
          throw new StateInputException(place, e);
        }
      }
    }
    return parent;
  }

  private static List<byte[]> list(JsonNode witness, String field, String where)
      throws IOException {
    JsonNode array = witness.get(field);
    if (array == null || !array.isArray()) {
      throw new StateInputException(where, "the witness has no list " + field);
    }
    List<byte[]> list = new ArrayList<>(array.size());
    for (int i = 0; i < array.size(); i++) {
      list.add(StateJson.bytes(array.get(i), where + ": " + field + "[" + i + "]"));
    }
    return list;
  }

  /**
   * The partial state with this root; every node in it is proven by its hash.
   *
   * @throws IllegalArgumentException where the witness does not hold the root's node, or a node is
   *     malformed
   */
  public TrieState prove(Hash stateRoot) {
    return new TrieState(StateTrie.ofWitness(stateRoot, state), codes);
  }
}
