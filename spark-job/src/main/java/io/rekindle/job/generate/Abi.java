package io.rekindle.job.generate;

import io.rekindle.evm.crypto.Keccak256;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Call data as Solidity's ABI has it. The type follows from the value: {@link UInt256}, {@link
 * Integer} and {@link Long} are uint256, {@link Hash} is bytes32, {@code byte[]} is bytes, {@link
 * List} an array and {@link Tuple} a struct.
 */
final class Abi {
  private static final int WORD = 32;

  private Abi() {}

  /** A struct. */
  record Tuple(List<Object> fields) {
    static Tuple of(Object... fields) {
      return new Tuple(List.of(fields));
    }
  }

  /**
   * A call.
   *
   * @param signature such as {@code transfer(address,uint256)}
   */
  static byte[] call(String signature, Object... arguments) {
    byte[] selector =
        Arrays.copyOf(Keccak256.hash(signature.getBytes(StandardCharsets.US_ASCII)).toBytes(), 4);
    return join(selector, encode(List.of(arguments)));
  }

  /** Creation code with the constructor's arguments behind it. */
  static byte[] creation(byte[] code, Object... arguments) {
    return join(code, encode(List.of(arguments)));
  }

  /** What {@code abi.encode} gives. */
  static byte[] encode(Object... values) {
    return encode(List.of(values));
  }

  /** The slot of a mapping's entry for an address. */
  static UInt256 mappingSlot(Address key, int base) {
    return UInt256.ofHash(Keccak256.hash(join(word(key), word(UInt256.of(base)))));
  }

  static byte[] join(byte[] first, byte[] second) {
    byte[] joined = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, joined, first.length, second.length);
    return joined;
  }

  /** Heads first, and behind them what does not fit a head: each dynamic value's tail. */
  private static byte[] encode(List<?> values) {
    int headSize = values.stream().mapToInt(Abi::headSize).sum();
    ByteArrayOutputStream heads = new ByteArrayOutputStream();
    ByteArrayOutputStream tails = new ByteArrayOutputStream();
    for (Object value : values) {
      if (isDynamic(value)) {
        heads.writeBytes(word(UInt256.of(headSize + tails.size())));
        tails.writeBytes(tail(value));
      } else {
        heads.writeBytes(value instanceof Tuple tuple ? encode(tuple.fields()) : word(value));
      }
    }
    return join(heads.toByteArray(), tails.toByteArray());
  }

  private static int headSize(Object value) {
    return value instanceof Tuple tuple && !isDynamic(value)
        ? tuple.fields().stream().mapToInt(Abi::headSize).sum()
        : WORD;
  }

  private static boolean isDynamic(Object value) {
    return value instanceof byte[]
        || value instanceof String
        || value instanceof List
        || (value instanceof Tuple tuple && tuple.fields().stream().anyMatch(Abi::isDynamic));
  }

  private static byte[] tail(Object value) {
    if (value instanceof Tuple tuple) {
      return encode(tuple.fields());
    }
    if (value instanceof List<?> elements) {
      return join(word(UInt256.of(elements.size())), encode(elements));
    }
    byte[] bytes =
        value instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : (byte[]) value;
    int padded = (bytes.length + WORD - 1) / WORD * WORD;
    return join(word(UInt256.of(bytes.length)), Arrays.copyOf(bytes, padded));
  }

  private static byte[] word(Object value) {
    if (value instanceof UInt256 number) {
      return number.toBytes();
    } else if (value instanceof Integer number) {
      return UInt256.of(number).toBytes();
    } else if (value instanceof Long number) {
      return UInt256.of(number).toBytes();
    } else if (value instanceof Address address) {
      return UInt256.ofAddress(address).toBytes();
    } else if (value instanceof Hash hash) {
      return hash.toBytes();
    } else if (value instanceof Boolean truth) {
      return (truth ? UInt256.ONE : UInt256.ZERO).toBytes();
    }
    throw new IllegalArgumentException("no ABI type for " + value.getClass());
  }
}
