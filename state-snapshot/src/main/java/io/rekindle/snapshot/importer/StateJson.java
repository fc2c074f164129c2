package io.rekindle.snapshot.importer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rekindle.evm.state.Code;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.Hex;
import io.rekindle.evm.word.UInt256;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** Fields of JSON state files, in the spellings that clients use. */
final class StateJson {
  /** Contract creation code in a witness can be long, and so are its hexadecimal digits. */
  private static final int MAX_STRING = 100_000_000;

  static final ObjectMapper MAPPER =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxStringLength(MAX_STRING).build())
              .build());

  private StateJson() {}

  /** A file's bytes, unpacked where its name ends in .gz. */
  static InputStream open(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new StateInputException(file.toString(), "there is no such file");
    }
    InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    try {
      return file.toString().endsWith(".gz") ? new GZIPInputStream(in, 1 << 16) : in;
    } catch (IOException e) {
      in.close();
      throw new StateInputException(file.toString(), e);
    }
  }

  /** A whole file as a tree. */
  static JsonNode tree(Path file) throws IOException {
    try (InputStream in = open(file)) {
      return tree(in, file.toString());
    }
  }

  /**
   * A whole document as a tree.
   *
   * @param name of the file, for messages
   */
  static JsonNode tree(InputStream in, String name) throws IOException {
    try {
      JsonNode tree = MAPPER.readTree(in);
      if (tree == null || !tree.isObject()) {
        throw new StateInputException(name, "no JSON object");
      }
      return tree;
    } catch (JsonProcessingException e) {
      throw new StateInputException(name, e);
    }
  }

  /** An address, with or without 0x, in any case. */
  static Address address(String text, String where) throws StateInputException {
    try {
      return Address.ofHex(text);
    } catch (IllegalArgumentException e) {
      throw new StateInputException(where, "no address: " + text);
    }
  }

  /** 32 bytes, with or without 0x. */
  static Hash hash(JsonNode field, String where) throws StateInputException {
    try {
      return Hash.ofHex(field.asText());
    } catch (IllegalArgumentException e) {
      throw new StateInputException(where, "no hash: " + field.asText());
    }
  }

  /**
   * A number: a JSON number, 0x and hexadecimal digits, or decimal digits; what has other digits is
   * hexadecimal without its 0x. Zero where the field is absent or empty.
   */
  static UInt256 quantity(JsonNode field, String where) throws StateInputException {
    if (field == null || field.isNull()) {
      return UInt256.ZERO;
    }
    String text = field.asText().trim();
    try {
      if (text.isEmpty() || text.equals("0x")) {
        return UInt256.ZERO;
      }
      boolean decimal = text.chars().allMatch(c -> c >= '0' && c <= '9');
      return decimal ? UInt256.of(new BigInteger(text)) : UInt256.ofHex(text);
    } catch (IllegalArgumentException e) {
      throw new StateInputException(where, "no number of 256 bits: " + text);
    }
  }

  /** A number of 64 bits. */
  static long nonce(JsonNode field, String where) throws StateInputException {
    UInt256 value = quantity(field, where);
    if (!value.fitsLong()) {
      throw new StateInputException(where, "no number of 64 bits: " + field.asText());
    }
    return value.limb0();
  }

  /** A word in hexadecimal digits, with or without 0x, leading zeros given or not. */
  static UInt256 word(String text, String where) throws StateInputException {
    try {
      return text.isEmpty() || text.equals("0x") ? UInt256.ZERO : UInt256.ofHex(text);
    } catch (IllegalArgumentException e) {
      throw new StateInputException(where, "no word of 32 bytes: " + text);
    }
  }

  /** Code; empty where the field is absent. */
  static Code code(JsonNode field, String where) throws StateInputException {
    return Code.of(bytes(field, where));
  }

  static byte[] bytes(JsonNode field, String where) throws StateInputException {
    if (field == null || field.isNull()) {
      return new byte[0];
    }
    try {
      return Hex.decode(field.asText());
    } catch (IllegalArgumentException e) {
      throw new StateInputException(where, "no hexadecimal bytes");
    }
  }
}
