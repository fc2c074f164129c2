package io.rekindle.snapshot.importer;

import com.fasterxml.jackson.databind.JsonNode;
import io.rekindle.evm.state.Account;
import io.rekindle.evm.state.Code;
import io.rekindle.evm.word.Address;
import io.rekindle.snapshot.StateSink;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * The accounts of a genesis file, in the style of geth or Besu: {@code alloc} maps addresses, with
 * or without 0x, to balance, nonce, code and storage, in hexadecimal or decimal.
 */
public final class GenesisAlloc {
  private final Path file;

  public GenesisAlloc(Path file) {
    this.file = file;
  }

  /** Gives all accounts to the sink. */
  public void writeTo(StateSink sink) throws IOException {
    JsonNode alloc = StateJson.tree(file).get("alloc");
    if (alloc == null || !alloc.isObject()) {
      throw new StateInputException(file.toString(), "a genesis without alloc");
    }
    for (Map.Entry<String, JsonNode> entry : alloc.properties()) {
      String where = file + ": alloc " + entry.getKey();
      writeAccount(StateJson.address(entry.getKey(), where), entry.getValue(), where, sink);
    }
  }

  private static void writeAccount(Address address, JsonNode fields, String where, StateSink sink)
      throws IOException {
    Code code = StateJson.code(fields.get("code"), where + ": code");
    sink.account(
        address,
        new Account(
            StateJson.nonce(fields.get("nonce"), where + ": nonce"),
            StateJson.quantity(fields.get("balance"), where + ": balance"),
            code.hash()));
    JsonNode storage = fields.get("storage");
    if (storage != null) {
      for (Map.Entry<String, JsonNode> slot : storage.properties()) {
        String slotWhere = where + ": slot " + slot.getKey();
        sink.slot(
            StateJson.word(slot.getKey(), slotWhere),
            StateJson.word(slot.getValue().asText(), slotWhere));
      }
    }
    if (!code.isEmpty()) {
      sink.code(code);
    }
  }
}
