package io.rekindle.evm.process;

import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.UInt256;
import java.io.ByteArrayOutputStream;
import java.util.Map;

/**
 * A tiny assembler: names of opcodes become their bytes, numbers and addresses the shortest PUSH.
 */
final class Bytecode {
  private static final Map<String, Integer> OPCODES =
      Map.ofEntries(
          Map.entry("STOP", 0x00),
          Map.entry("ADD", 0x01),
          Map.entry("BALANCE", 0x31),
          Map.entry("CALLVALUE", 0x34),
          Map.entry("CALLER", 0x33),
          Map.entry("CALLDATALOAD", 0x35),
          Map.entry("CALLDATASIZE", 0x36),
          Map.entry("CALLDATACOPY", 0x37),
          Map.entry("EXTCODEHASH", 0x3f),
          Map.entry("SELFBALANCE", 0x47),
          Map.entry("POP", 0x50),
          Map.entry("MSTORE", 0x52),
          Map.entry("SLOAD", 0x54),
          Map.entry("SSTORE", 0x55),
          Map.entry("GAS", 0x5a),
          Map.entry("CREATE", 0xf0),
          Map.entry("CALL", 0xf1),
          Map.entry("RETURN", 0xf3),
          Map.entry("CREATE2", 0xf5),
          Map.entry("DELEGATECALL", 0xf4),
          Map.entry("STATICCALL", 0xfa),
          Map.entry("REVERT", 0xfd),
          Map.entry("INVALID", 0xfe),
          Map.entry("SELFDESTRUCT", 0xff));

  private Bytecode() {}

  static byte[] of(Object... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Object part : parts) {
      if (part instanceof String name) {
        out.write(OPCODES.get(name));
      } else if (part instanceof byte[] raw) {
        out.writeBytes(raw);
      } else {
        push(part, out);
      }
    }
    return out.toByteArray();
  }

  private static void push(Object value, ByteArrayOutputStream out) {
    byte[] bytes;
    if (value instanceof Address address) {
      bytes = address.toBytes();
    } else if (value instanceof UInt256 word) {
      bytes = word.toMinimalBytes();
    } else {
      bytes = UInt256.of(((Number) value).longValue()).toMinimalBytes();
    }
    if (bytes.length == 0) {
      bytes = new byte[1];
    }
    out.write(0x5f + bytes.length);
    out.writeBytes(bytes);
  }

  /** CALL without data, its success left on the stack. */
  static byte[] call(Address to, long value, long gas) {
    return of(0, 0, 0, 0, value, to, gas, "CALL");
  }

  /** Stores the top of the stack. */
  static byte[] storeTop(long slot) {
    return of(slot, "SSTORE");
  }

  /** CREATE2 of the call data with salt 0 and the given value, the address left on the stack. */
  static byte[] create2OfCallData(long value) {
    return of("CALLDATASIZE", 0, 0, "CALLDATACOPY", 0, "CALLDATASIZE", 0, value, "CREATE2");
  }
}
