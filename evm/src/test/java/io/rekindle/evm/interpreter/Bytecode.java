package io.rekindle.evm.interpreter;

import io.rekindle.evm.state.Code;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.UInt256;
import java.io.ByteArrayOutputStream;

/** Assembles programs for tests: opcodes by number, pushes as short as their value allows. */
final class Bytecode {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  Bytecode op(int... opcodes) {
    for (int opcode : opcodes) {
      bytes.write(opcode);
    }
    return this;
  }

  Bytecode push(UInt256 value) {
    byte[] minimal = value.toMinimalBytes();
    if (minimal.length == 0) {
      minimal = new byte[1];
    }
    bytes.write(OpcodeTable.PUSH0 + minimal.length);
    bytes.writeBytes(minimal);
    return this;
  }

  Bytecode push(long value) {
    return push(UInt256.of(value));
  }

  Bytecode push(Address address) {
    return push(UInt256.ofAddress(address));
  }

  /** Pushes the arguments so that the first is on top, then the opcode. */
  Bytecode call(int opcode, long... arguments) {
    for (int index = arguments.length - 1; index >= 0; index--) {
      push(arguments[index]);
    }
    return op(opcode);
  }

  /** A call with all gas and no data. */
  Bytecode callTo(int opcode, Address to, long value) {
    push(0).push(0).push(0).push(0);
    if (opcode == OpcodeTable.CALL || opcode == OpcodeTable.CALLCODE) {
      push(value);
    }
    return push(to).op(OpcodeTable.GAS, opcode);
  }

  /** Returns the top word of the stack. */
  Bytecode returnTop() {
    return push(0).op(OpcodeTable.MSTORE).call(OpcodeTable.RETURN, 0, 32);
  }

  byte[] bytes() {
    return bytes.toByteArray();
  }

  Code code() {
    return Code.of(bytes());
  }
}
