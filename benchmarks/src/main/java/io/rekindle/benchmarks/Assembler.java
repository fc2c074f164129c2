package io.rekindle.benchmarks;

import io.rekindle.evm.word.Hex;
import io.rekindle.evm.word.UInt256;
import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Turns a program's text into EVM code. A word is an opcode's name, or {@code 0x..} for a push as
 * short as its digits say, {@code label:} for a JUMPDEST, or {@code @label} for a push of its place
 * (one that stands before it).
 */
final class Assembler {
  private static final Map<String, Integer> OPCODES =
      Map.ofEntries(
          Map.entry("STOP", 0x00),
          Map.entry("ADD", 0x01),
          Map.entry("MUL", 0x02),
          Map.entry("DIV", 0x04),
          Map.entry("MOD", 0x06),
          Map.entry("MULMOD", 0x09),
          Map.entry("EXP", 0x0a),
          Map.entry("LT", 0x10),
          Map.entry("XOR", 0x18),
          Map.entry("NOT", 0x19),
          Map.entry("KECCAK256", 0x20),
          Map.entry("CALLDATACOPY", 0x37),
          Map.entry("POP", 0x50),
          Map.entry("MLOAD", 0x51),
          Map.entry("MSTORE", 0x52),
          Map.entry("SLOAD", 0x54),
          Map.entry("SSTORE", 0x55),
          Map.entry("JUMPI", 0x57),
          Map.entry("GAS", 0x5a),
          Map.entry("JUMPDEST", 0x5b),
          Map.entry("PUSH0", 0x5f),
          Map.entry("DUP1", 0x80),
          Map.entry("DUP2", 0x81),
          Map.entry("DUP3", 0x82),
          Map.entry("SWAP1", 0x90),
          Map.entry("CALL", 0xf1));

  private Assembler() {}

  static byte[] assemble(String program) {
    ByteArrayOutputStream code = new ByteArrayOutputStream();
    Map<String, Integer> labels = new HashMap<>();
    for (String word : program.trim().split("\\s+", -1)) {
      if (word.endsWith(":")) {
        labels.put(word.substring(0, word.length() - 1), code.size());
        code.write(OPCODES.get("JUMPDEST"));
      } else if (word.startsWith("@")) {
        push(code, UInt256.of(labels.get(word.substring(1))).toMinimalBytes());
      } else if (word.startsWith("0x")) {
        push(code, Hex.decode(word));
      } else {
        Integer opcode = OPCODES.get(word.toUpperCase(Locale.ROOT));
        if (opcode == null) {
          throw new IllegalArgumentException("no such opcode here: " + word);
        }
        code.write(opcode);
      }
    }
    return code.toByteArray();
  }

  private static void push(ByteArrayOutputStream code, byte[] value) {
    code.write(0x5f + value.length);
    code.writeBytes(value);
  }
}
