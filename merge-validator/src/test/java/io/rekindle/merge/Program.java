package io.rekindle.merge;

import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hex;
import java.io.ByteArrayOutputStream;

/** Writes byte code for tests. */
final class Program {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  Program op(int... opcodes) {
    for (int opcode : opcodes) {
      bytes.write(opcode);
    }
    return this;
  }

  Program push(long value) {
    if (value >= 0 && value < 256) {
      return op(0x60, (int) value);
    }
    bytes.write(0x67);
    for (int shift = 56; shift >= 0; shift -= 8) {
      bytes.write((int) (value >>> shift));
    }
    return this;
  }

  Program push(Address address) {
    bytes.write(0x73);
    bytes.writeBytes(address.toBytes());
    return this;
  }

  /** Code of up to 32 bytes into memory at 0, so that it starts at byte {@code 32 - length}. */
  Program codeToMemory(byte[] code) {
    bytes.write(0x60 + code.length - 1);
    bytes.writeBytes(code);
    return op(0x60, 0, 0x52);
  }

  Program append(Program other) {
    bytes.writeBytes(other.bytes.toByteArray());
    return this;
  }

  int length() {
    return bytes.size();
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }

  static byte[] hex(String text) {
    return Hex.decode(text);
  }
}
