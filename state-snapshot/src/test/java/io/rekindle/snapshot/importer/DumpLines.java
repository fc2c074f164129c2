package io.rekindle.snapshot.importer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rekindle.evm.word.Hash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Writes a head state as the JSON lines of {@code geth dump}. */
final class DumpLines {
  private DumpLines() {}

  /** The first account loses its address, and where asked for, some account a slot. */
  static Hash write(Path headState, Path lines, boolean loseSlot) throws IOException {
    JsonNode tree = StateJson.tree(headState);
    List<String> written = new ArrayList<>();
    written.add("{\"root\":\"" + tree.get("root").asText() + "\"}");
    boolean slotLost = !loseSlot;
    for (JsonNode account : tree.get("accounts")) {
      if (written.size() == 1) {
        ((ObjectNode) account).remove("address");
      }
      if (!slotLost && account.has("storage")) {
        ObjectNode storage = (ObjectNode) account.get("storage");
        storage.remove(storage.fieldNames().next());
        slotLost = true;
      }
      written.add(account.toString());
    }
    Files.write(lines, written);
    return Hash.ofHex(tree.get("root").asText());
  }
}
