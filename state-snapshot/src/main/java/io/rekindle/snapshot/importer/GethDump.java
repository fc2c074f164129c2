package io.rekindle.snapshot.importer;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import io.rekindle.evm.crypto.Keccak256;
import io.rekindle.evm.state.Account;
import io.rekindle.evm.state.Code;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import io.rekindle.snapshot.StateSink;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;

/**
 * A full state as {@code geth dump} writes it: JSON lines with the state root first and an account
 * each after it, or one JSON object with {@code root} and {@code accounts} (hive's {@code
 * headstate.json}). Balances are decimal, storage values have lost their leading zeros, an account
 * whose address is not known has the hash of its address only, and slots whose key is not known are
 * silently left out. So the dump is whole only if its root comes out; {@link
 * io.rekindle.snapshot.trie.StateTrieBuilder} tells.
 *
 * <p>Read as a stream: memory does not grow with the dump.
 */
public final class GethDump {
  private final Path file;

  public GethDump(Path file) {
    this.file = file;
  }

  /**
   * Gives all accounts to the sink and answers the state root that the dump names.
   *
   * @throws StateInputException where the file is not such a dump
   */
  public Hash writeTo(StateSink sink) throws IOException {
    try (InputStream in = StateJson.open(file);
        JsonParser parser = StateJson.MAPPER.createParser(in)) {
      expect(parser.nextToken() == JsonToken.START_OBJECT, "no JSON object at the start");
      Hash root = null;
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        if (name.equals("root")) {
          root = StateJson.hash(parser.readValueAsTree(), file + ": root");
        } else if (name.equals("accounts")) {
          readAccounts(parser, sink);
        } else {
          parser.skipChildren();
        }
      }
      expect(root != null, "the first line names no state root");
      readLines(parser, sink);
      return root;
    } catch (JsonProcessingException e) {
      throw new StateInputException(file.toString(), e);
    }
  }

  private void readAccounts(JsonParser parser, StateSink sink) throws IOException {
    expect(parser.currentToken() == JsonToken.START_OBJECT, "accounts is no JSON object");
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      JsonNode fields = parser.readValueAsTree();
      readAccount(name, fields, sink);
    }
  }

  private void readLines(JsonParser parser, StateSink sink) throws IOException {
    int line = 2;
    while (parser.nextToken() != null) {
      JsonNode fields = parser.readValueAsTree();
      expect(fields.isObject(), "line " + line + " is no JSON object");
      readAccount(null, fields, sink);
      line++;
    }
  }

  private void expect(boolean condition, String otherwise) throws StateInputException {
    if (!condition) {
      throw new StateInputException(file.toString(), otherwise);
    }
  }

  /**
   * @param name the key of the account in its object: its address, or {@code pre(hash)} where that
   *     is not known; null for a line
   */
  private void readAccount(String name, JsonNode fields, StateSink sink) throws IOException {
    String text = fields.hasNonNull("address") ? fields.get("address").asText() : null;
    JsonNode key = fields.get("key");
    if (text == null && key == null && name != null) {
      text = name;
    }
    String where = file + ": account " + (text != null ? text : key != null ? key.asText() : "?");
    expect(text != null || key != null, "an account has neither address nor key");
    Code code = StateJson.code(fields.get("code"), where + ": code");
    JsonNode codeHash = fields.get("codeHash");
    if (codeHash != null && !StateJson.hash(codeHash, where + ": codeHash").equals(code.hash())) {
      throw new StateInputException(
          where + ": code", "missing, or without the hash " + codeHash.asText());
    }
    Account account =
        new Account(
            StateJson.nonce(fields.get("nonce"), where + ": nonce"),
            StateJson.quantity(fields.get("balance"), where + ": balance"),
            code.hash());
    if (text == null) {
      sink.hashedAccount(StateJson.hash(key, where + ": key"), account);
    } else {
      Address address = StateJson.address(text, where);
      checkKey(address, key, where);
      sink.account(address, account);
    }
    readSlots(fields.get("storage"), where, sink);
    if (!code.isEmpty()) {
      sink.code(code);
    }
  }

  private static void checkKey(Address address, JsonNode key, String where)
      throws StateInputException {
    if (key != null
        && !StateJson.hash(key, where + ": key").equals(Keccak256.hash(address.toBytes()))) {
      throw new StateInputException(where + ": key", "is not the hash of the address");
    }
  }

  private static void readSlots(JsonNode storage, String where, StateSink sink)
      throws StateInputException {
    if (storage == null || storage.isNull()) {
      return;
    }
    for (Map.Entry<String, JsonNode> slot : storage.properties()) {
      String slotWhere = where + ": slot " + slot.getKey();
      UInt256 value = StateJson.word(slot.getValue().asText(), slotWhere);
      sink.slot(StateJson.word(slot.getKey(), slotWhere), value);
    }
  }
}
