package io.rekindle.job.table;

import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import java.util.Locale;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * How hashes, addresses, slots and byte strings stand in tables. Values are of the forms that
 * Spark's own rows hold: null stays null.
 */
public enum Encoding {
  /** Lower-case hexadecimal with 0x, as Ethereum's JSON interfaces write it. */
  HEX {
    @Override
    DataType type() {
      return DataTypes.StringType;
    }

    @Override
    Object of(byte[] bytes) {
      byte[] text = new byte[2 + 2 * bytes.length];
      text[0] = '0';
      text[1] = 'x';
      for (int i = 0; i < bytes.length; i++) {
        text[2 + 2 * i] = DIGITS[bytes[i] >> 4 & 15];
        text[3 + 2 * i] = DIGITS[bytes[i] & 15];
      }
      return UTF8String.fromBytes(text);
    }
  },
  /** The bytes themselves. */
  BINARY {
    @Override
    DataType type() {
      return DataTypes.BinaryType;
    }

    @Override
    Object of(byte[] bytes) {
      return bytes;
    }
  };

  private static final byte[] DIGITS = {
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'
  };

  /**
   * @throws IllegalArgumentException where there is no such encoding
   */
  public static Encoding named(String name) {
    for (Encoding encoding : values()) {
      if (encoding.toString().equals(name)) {
        return encoding;
      }
    }
    throw new IllegalArgumentException("no encoding " + name + "; there are hex, binary");
  }

  /** The name on the command line: {@code hex} or {@code binary}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The columns' type. */
  abstract DataType type();

  abstract Object of(byte[] bytes);

  final Object bytes(byte[] bytes) {
    return bytes == null ? null : of(bytes);
  }

  final Object hash(Hash hash) {
    return hash == null ? null : of(hash.toBytes());
  }

  final Object address(Address address) {
    return address == null ? null : of(address.toBytes());
  }

  /** A slot or a value of a slot: always 32 bytes. */
  final Object word(UInt256 word) {
    return word == null ? null : of(word.toBytes());
  }
}
