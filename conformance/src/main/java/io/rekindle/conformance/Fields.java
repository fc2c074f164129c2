package io.rekindle.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.Hex;
import io.rekindle.evm.word.UInt256;
import java.util.function.Function;

/**
 * Typed values of JSON fields; each throws {@link FixtureException} naming the field that is
 * missing or malformed.
 */
final class Fields {
  private Fields() {}

  static JsonNode node(JsonNode parent, String field) {
    JsonNode value = parent.get(field);
    if (value == null || value.isNull()) {
      throw new FixtureException("field " + field + " is missing");
    }
    return value;
  }

  static String text(JsonNode parent, String field) {
    return node(parent, field).asText();
  }

  static byte[] bytes(JsonNode parent, String field) {
    return parse(field, text(parent, field), Hex::decode);
  }

  static Hash hash(JsonNode parent, String field) {
    return parse(field, text(parent, field), Hash::ofHex);
  }

  static Address address(JsonNode parent, String field) {
    return parse(field, text(parent, field), Address::ofHex);
  }

  /** An unsigned number in hexadecimal, leading zeros allowed. */
  static UInt256 quantity(JsonNode parent, String field) {
    return parse(field, text(parent, field), UInt256::ofHex);
  }

  static UInt256 quantityOr(JsonNode parent, String field, UInt256 absent) {
    return parent.hasNonNull(field) ? quantity(parent, field) : absent;
  }

  /** An unsigned 64-bit number. */
  static long number(JsonNode parent, String field) {
    UInt256 value = quantity(parent, field);
    if (!value.fitsLong()) {
      throw new FixtureException("field " + field + " does not fit 64 bits: " + value);
    }
    return value.limb0();
  }

  static <T> T parse(String field, String text, Function<String, T> parser) {
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException e) {
      throw new FixtureException("field " + field + ": " + e.getMessage(), e);
    }
  }
}
