package io.rekindle.job.generate;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.rekindle.evm.fork.Fork;
import io.rekindle.evm.state.Account;
import io.rekindle.evm.state.Code;
import io.rekindle.evm.state.OverlayState;
import io.rekindle.evm.state.OverlayState.Change;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hex;
import io.rekindle.evm.word.UInt256;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** Writes a genesis file of geth's style: one fork from the start, and a whole state. */
final class GenesisFile {
  private static final String[] ZERO_BLOCKS = {
    "homestead",
    "eip150",
    "eip155",
    "eip158",
    "byzantium",
    "constantinople",
    "petersburg",
    "istanbul",
    "berlin",
    "london",
    "mergeNetsplit"
  };

  private GenesisFile() {}

  static void write(Path file, Fork fork, long timestamp, long gasLimit, OverlayState state)
      throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        JsonGenerator json = new JsonFactory().createGenerator(out)) {
      json.useDefaultPrettyPrinter();
      json.writeStartObject();
      writeConfig(json, fork);
      json.writeStringField("nonce", "0x0");
      json.writeStringField("timestamp", "0x" + Long.toHexString(timestamp));
      json.writeStringField(
          "extraData", Hex.encode("rekindle generate".getBytes(StandardCharsets.US_ASCII)));
      json.writeStringField("gasLimit", "0x" + Long.toHexString(gasLimit));
      json.writeStringField("difficulty", "0x0");
      json.writeStringField("mixHash", UInt256.ZERO.toHex());
      json.writeStringField("coinbase", Address.ZERO.toString());
      json.writeStringField("baseFeePerGas", "0x3b9aca00");
      writeAccounts(json, state);
      json.writeEndObject();
    }
  }

  private static void writeConfig(JsonGenerator json, Fork fork) throws IOException {
    json.writeObjectFieldStart("config");
    json.writeNumberField("chainId", World.CHAIN_ID.limb0());
    for (String name : ZERO_BLOCKS) {
      json.writeNumberField(name + "Block", 0);
    }
    json.writeNumberField("terminalTotalDifficulty", 0);
    writeTime(json, "shanghai", fork.isAtLeast(Fork.SHANGHAI));
    writeTime(json, "cancun", fork.isAtLeast(Fork.CANCUN));
    writeTime(json, "prague", fork.isAtLeast(Fork.PRAGUE));
    writeTime(json, "osaka", fork.isAtLeast(Fork.OSAKA));
    json.writeStringField("depositContractAddress", World.DEPOSIT_CONTRACT.toString());
    json.writeObjectFieldStart("blobSchedule");
    writeSchedule(json, "cancun", Fork.CANCUN);
    writeSchedule(json, "prague", Fork.PRAGUE);
    writeSchedule(json, "osaka", Fork.OSAKA);
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void writeTime(JsonGenerator json, String name, boolean active)
      throws IOException {
    if (active) {
      json.writeNumberField(name + "Time", 0);
    }
  }

  private static void writeSchedule(JsonGenerator json, String name, Fork fork) throws IOException {
    json.writeObjectFieldStart(name);
    json.writeNumberField("target", fork.blobSchedule().target());
    json.writeNumberField("max", fork.blobSchedule().max());
    json.writeNumberField("baseFeeUpdateFraction", fork.blobSchedule().updateFraction());
    json.writeEndObject();
  }

  /** Accounts and slots are sorted, so that equal states are equal files. */
  private static void writeAccounts(JsonGenerator json, OverlayState state) throws IOException {
    Map<String, Change> sorted = new TreeMap<>();
    state.changes().forEach((address, change) -> sorted.put(address.toString(), change));
    json.writeObjectFieldStart("alloc");
    for (Map.Entry<String, Change> entry : sorted.entrySet()) {
      Account account = entry.getValue().account();
      if (account == null) {
        continue;
      }
      json.writeObjectFieldStart(entry.getKey());
      json.writeStringField("nonce", "0x" + Long.toHexString(account.nonce()));
      json.writeStringField("balance", "0x" + account.balance().toBigInteger().toString(16));
      if (!account.codeHash().equals(Code.EMPTY_HASH)) {
        json.writeStringField("code", Hex.encode(state.code(account.codeHash()).bytes()));
      }
      writeStorage(json, entry.getValue());
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private static void writeStorage(JsonGenerator json, Change change) throws IOException {
    Map<UInt256, UInt256> slots = new TreeMap<>(change.slots());
    slots.values().removeIf(UInt256::isZero);
    if (slots.isEmpty()) {
      return;
    }
    json.writeObjectFieldStart("storage");
    for (Map.Entry<UInt256, UInt256> slot : slots.entrySet()) {
      json.writeStringField(slot.getKey().toHex(), slot.getValue().toHex());
    }
    json.writeEndObject();
  }
}
