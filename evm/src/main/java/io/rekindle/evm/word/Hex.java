package io.rekindle.evm.word;

import java.util.HexFormat;

/** Lower-case hexadecimal with a 0x prefix, as Ethereum's JSON interfaces write it. */
public final class Hex {
  private static final HexFormat FORMAT = HexFormat.of();

  private Hex() {}

  public static String encode(byte[] bytes) {
    return "0x" + FORMAT.formatHex(bytes);
  }

  /**
   * Bytes of a hexadecimal string, with or without 0x; an odd number of digits reads as if a zero
   * stood before them.
   *
   * @throws IllegalArgumentException where a character is no hexadecimal digit
   */
  public static byte[] decode(String text) {
    String digits = text.startsWith("0x") || text.startsWith("0X") ? text.substring(2) : text;
    return FORMAT.parseHex((digits.length() & 1) == 0 ? digits : "0" + digits);
  }
}
