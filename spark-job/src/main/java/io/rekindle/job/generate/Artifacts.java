package io.rekindle.job.generate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rekindle.evm.word.Hex;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The compiled contracts of {@code workloads/artifacts}, packaged beside this class. */
final class Artifacts {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Artifacts() {}

  static byte[] creationCode(String evmVersion, String contract) {
    return code(evmVersion, contract, "bytecode");
  }

  static byte[] runtimeCode(String evmVersion, String contract) {
    return code(evmVersion, contract, "runtimeBytecode");
  }

  private static byte[] code(String evmVersion, String contract, String field) {
    return Hex.decode(
        read("artifacts/" + evmVersion + "/" + contract + ".json").get(field).asText());
  }

  /** Accounts of the system contracts, as in a genesis file: address, then nonce and code. */
  static JsonNode systemContracts() {
    return read("artifacts/system-contracts.json");
  }

  private static JsonNode read(String name) {
    try (InputStream in = Artifacts.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the build left out the resource " + name);
      }
      return MAPPER.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(name, e);
    }
  }
}
