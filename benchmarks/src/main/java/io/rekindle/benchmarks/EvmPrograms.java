package io.rekindle.benchmarks;

/**
 * The loops that the benchmarks run. Each is the body of a loop that counts up to {@link
 * #ITERATIONS} on top of the stack; the counting costs 29 gas of the iteration's total.
 */
enum EvmPrograms {
  /** MUL and ADD of a word that soon is 256 bits wide, LT, JUMPI. */
  ARITHMETIC(
      49,
      "0x0123456789abcdeffedcba9876543211",
      "SWAP1 0xfedcba98765432100123456789abcdef0123456789abcdef0123456789abcdef MUL 0x7f ADD SWAP1"),

  /** The hash of a hash. */
  KECCAK(75, "", "0x20 PUSH0 KECCAK256 PUSH0 MSTORE"),

  /** Four slots, each raised by the counter; the first iteration is what warms them. */
  STORAGE(
      878,
      "",
      """
      0x01 SLOAD DUP2 ADD 0x01 SSTORE 0x02 SLOAD DUP2 ADD 0x02 SSTORE
      0x03 SLOAD DUP2 ADD 0x03 SSTORE 0x04 SLOAD DUP2 ADD 0x04 SSTORE JUMPDEST
      """),

  /** Words moved within memory, and 192 bytes of call data copied over them. */
  MEMORY(
      106,
      "",
      """
      0x20 MLOAD 0x60 MSTORE 0x40 MLOAD 0x80 MSTORE 0x60 MLOAD 0xa0 MSTORE 0x80 MLOAD 0x20 MSTORE
      0xc0 PUSH0 0x20 CALLDATACOPY
      """),

  /** Divisions of 256-bit words by words of different widths, and a power with 16 bits. */
  DIVISION(
      211,
      "0xfedcba98765432100123456789abcdef0123456789abcdef0123456789abcdef",
      """
      SWAP1
      0x123456789abcdef0123456789abcdef01 DUP2 DIV
      0xfedcba98765432100123456789abcdef0123456789abcdef DUP3 MOD ADD
      0xfedcba98765432100123456789abcdef0123456789abcdef0123456789abcd DUP2 DUP1 MULMOD ADD
      0xf5a7 DUP2 EXP XOR
      XOR NOT 0x13 ADD SWAP1
      """),

  /** A call without value to a warm contract that stops. */
  CALL(146, "", "PUSH0 PUSH0 PUSH0 PUSH0 PUSH0 0xc0d2 GAS CALL POP");

  static final int ITERATIONS = 10_000;

  private final int gas;
  private final String text;

  EvmPrograms(int gas, String start, String body) {
    this.gas = gas;
    String counter = String.format("0x01 ADD 0x%04x DUP2 LT @loop JUMPI", ITERATIONS);
    this.text = start + " PUSH0 loop: " + body + " " + counter + " STOP";
  }

  /** Gas of one iteration. */
  int gas() {
    return gas;
  }

  byte[] code() {
    return Assembler.assemble(text);
  }
}
