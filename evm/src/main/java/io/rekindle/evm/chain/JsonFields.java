package io.rekindle.evm.chain;

import com.fasterxml.jackson.databind.JsonNode;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.Hex;
import io.rekindle.evm.word.UInt256;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A JSON object whose fields are read as Ethereum's types. Every error names the field's path.
 * Numbers may be JSON numbers or strings, decimal or hexadecimal with 0x, as clients and genesis
 * files write them.
 */
final class JsonFields {
  private final JsonNode node;
  private final String path;

  private JsonFields(JsonNode node, String path) {
    this.node = node;
    this.path = path;
  }

  /**
   * @param path of the object, empty for the document itself
   */
  static JsonFields of(JsonNode node, String path) {
    if (node == null || !node.isObject()) {
      throw new JsonFormatException(path.isEmpty() ? "document" : path, "no JSON object");
    }
    return new JsonFields(node, path);
  }

  JsonNode node() {
    return node;
  }

  /** The path of a field. */
  String path(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  /** Whether the field is there and not null. */
  boolean has(String name) {
    return node.hasNonNull(name);
  }

  /** The first of these names that is there, or the first of all. */
  String firstOf(String... names) {
    for (String name : names) {
      if (has(name)) {
        return name;
      }
    }
    return names[0];
  }

  JsonFormatException error(String name, String detail) {
    return new JsonFormatException(path(name), detail);
  }

  private JsonNode required(String name) {
    if (!has(name)) {
      throw error(name, "missing");
    }
    return node.get(name);
  }

  JsonFields object(String name) {
    return of(required(name), path(name));
  }

  /** A list of objects. */
  <T> List<T> objects(String name, Function<JsonFields, T> item) {
    JsonNode list = required(name);
    if (!list.isArray()) {
      throw error(name, "no list");
    }
    List<T> items = new ArrayList<>(list.size());
    for (int i = 0; i < list.size(); i++) {
      items.add(item.apply(of(list.get(i), path(name) + "[" + i + "]")));
    }
    return List.copyOf(items);
  }

  /** A list of 32-byte strings. */
  List<Hash> hashes(String name) {
    JsonNode list = required(name);
    if (!list.isArray()) {
      throw error(name, "no list");
    }
    List<Hash> hashes = new ArrayList<>(list.size());
    for (JsonNode item : list) {
      hashes.add(Hash.ofBytes(sized(name, bytes(name, item), 32)));
    }
    return List.copyOf(hashes);
  }

  /** A number that fits 64 bits, unsigned. */
  long uint64(String name) {
    BigInteger value = number(name);
    if (value.bitLength() > 64) {
      throw error(name, "more than 64 bits: " + value);
    }
    return value.longValue();
  }

  long uint64(String name, long missing) {
    return has(name) ? uint64(name) : missing;
  }

  UInt256 uint256(String name) {
    BigInteger value = number(name);
    if (value.bitLength() > 256) {
      throw error(name, "more than 256 bits: " + value);
    }
    return UInt256.of(value);
  }

  private BigInteger number(String name) {
    return number(path(name), required(name));
  }

  /** A number that is not negative. */
  static BigInteger number(String path, JsonNode value) {
    BigInteger number;
    try {
      number =
          value.isNumber() ? value.decimalValue().toBigIntegerExact() : parse(value.asText(""));
    } catch (ArithmeticException | NumberFormatException e) {
      throw new JsonFormatException(path, "no number: " + value);
    }
    if (number.signum() < 0) {
      throw new JsonFormatException(path, "negative: " + number);
    }
    return number;
  }

  private static BigInteger parse(String text) {
    if (text.equals("0x")) {
      return BigInteger.ZERO;
    }
    return text.startsWith("0x") || text.startsWith("0X")
        ? new BigInteger(text.substring(2), 16)
        : new BigInteger(text);
  }

  byte[] bytes(String name) {
    return bytes(name, required(name));
  }

  private byte[] bytes(String name, JsonNode value) {
    if (!value.isTextual()) {
      throw error(name, "no hexadecimal string: " + value);
    }
    try {
      return Hex.decode(value.asText());
    } catch (IllegalArgumentException e) {
      throw error(name, "no hexadecimal string: " + value);
    }
  }

  byte[] bytes(String name, int size) {
    return sized(name, bytes(name), size);
  }

  Hash hash(String name) {
    return Hash.ofBytes(bytes(name, 32));
  }

  Hash hash(String name, Hash missing) {
    return has(name) ? hash(name) : missing;
  }

  Address address(String name) {
    return Address.ofBytes(bytes(name, 20));
  }

  private byte[] sized(String name, byte[] bytes, int size) {
    if (bytes.length != size) {
      throw error(name, bytes.length + " bytes, not " + size);
    }
    return bytes;
  }
}
