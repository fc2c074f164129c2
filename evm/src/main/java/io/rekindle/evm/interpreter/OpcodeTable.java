package io.rekindle.evm.interpreter;

import static io.rekindle.evm.fork.Fork.BYZANTIUM;
import static io.rekindle.evm.fork.Fork.CANCUN;
import static io.rekindle.evm.fork.Fork.CONSTANTINOPLE;
import static io.rekindle.evm.fork.Fork.FRONTIER;
import static io.rekindle.evm.fork.Fork.HOMESTEAD;
import static io.rekindle.evm.fork.Fork.ISTANBUL;
import static io.rekindle.evm.fork.Fork.LONDON;
import static io.rekindle.evm.fork.Fork.OSAKA;
import static io.rekindle.evm.fork.Fork.SHANGHAI;

import io.rekindle.evm.fork.Fork;
import java.util.function.ToIntFunction;

/**
 * The opcodes of the EVM as data: name, stack items taken and given, bytes of immediate data, base
 * gas and first fork. Base gas is what every execution costs at least; where accounts and slots are
 * warm or cold (EIP-2929) it is the warm cost. A table is made for a fork, and answers in the
 * packed form that the loop reads: one long an opcode.
 */
final class OpcodeTable {
  static final int STOP = 0x00;
  static final int ADD = 0x01;
  static final int MUL = 0x02;
  static final int SUB = 0x03;
  static final int DIV = 0x04;
  static final int SDIV = 0x05;
  static final int MOD = 0x06;
  static final int SMOD = 0x07;
  static final int ADDMOD = 0x08;
  static final int MULMOD = 0x09;
  static final int EXP = 0x0a;
  static final int SIGNEXTEND = 0x0b;
  static final int LT = 0x10;
  static final int GT = 0x11;
  static final int SLT = 0x12;
  static final int SGT = 0x13;
  static final int EQ = 0x14;
  static final int ISZERO = 0x15;
  static final int AND = 0x16;
  static final int OR = 0x17;
  static final int XOR = 0x18;
  static final int NOT = 0x19;
  static final int BYTE = 0x1a;
  static final int SHL = 0x1b;
  static final int SHR = 0x1c;
  static final int SAR = 0x1d;
  static final int CLZ = 0x1e;
  static final int KECCAK256 = 0x20;
  static final int ADDRESS = 0x30;
  static final int BALANCE = 0x31;
  static final int ORIGIN = 0x32;
  static final int CALLER = 0x33;
  static final int CALLVALUE = 0x34;
  static final int CALLDATALOAD = 0x35;
  static final int CALLDATASIZE = 0x36;
  static final int CALLDATACOPY = 0x37;
  static final int CODESIZE = 0x38;
  static final int CODECOPY = 0x39;
  static final int GASPRICE = 0x3a;
  static final int EXTCODESIZE = 0x3b;
  static final int EXTCODECOPY = 0x3c;
  static final int RETURNDATASIZE = 0x3d;
  static final int RETURNDATACOPY = 0x3e;
  static final int EXTCODEHASH = 0x3f;
  static final int BLOCKHASH = 0x40;
  static final int COINBASE = 0x41;
  static final int TIMESTAMP = 0x42;
  static final int NUMBER = 0x43;
  static final int PREVRANDAO = 0x44;
  static final int GASLIMIT = 0x45;
  static final int CHAINID = 0x46;
  static final int SELFBALANCE = 0x47;
  static final int BASEFEE = 0x48;
  static final int BLOBHASH = 0x49;
  static final int BLOBBASEFEE = 0x4a;
  static final int POP = 0x50;
  static final int MLOAD = 0x51;
  static final int MSTORE = 0x52;
  static final int MSTORE8 = 0x53;
  static final int SLOAD = 0x54;
  static final int SSTORE = 0x55;
  static final int JUMP = 0x56;
  static final int JUMPI = 0x57;
  static final int PC = 0x58;
  static final int MSIZE = 0x59;
  static final int GAS = 0x5a;
  static final int JUMPDEST = 0x5b;
  static final int TLOAD = 0x5c;
  static final int TSTORE = 0x5d;
  static final int MCOPY = 0x5e;
  static final int PUSH0 = 0x5f;
  static final int PUSH1 = 0x60;
  static final int PUSH2 = 0x61;
  static final int PUSH32 = 0x7f;
  static final int DUP1 = 0x80;
  static final int DUP16 = 0x8f;
  static final int SWAP1 = 0x90;
  static final int SWAP16 = 0x9f;
  static final int LOG0 = 0xa0;
  static final int LOG4 = 0xa4;
  static final int CREATE = 0xf0;
  static final int CALL = 0xf1;
  static final int CALLCODE = 0xf2;
  static final int RETURN = 0xf3;
  static final int DELEGATECALL = 0xf4;
  static final int CREATE2 = 0xf5;
  static final int STATICCALL = 0xfa;
  static final int REVERT = 0xfd;
  static final int INVALID = 0xfe;
  static final int SELFDESTRUCT = 0xff;

  /** Stack items of a frame at most. */
  static final int STACK_LIMIT = 1024;

  /** Limbs of a stack item. */
  static final int LIMBS = 4;

  private record Row(
      String name, int in, int out, int immediate, ToIntFunction<Fork> gas, Fork since) {}

  private static final Row[] ROWS = new Row[256];

  static {
    row(STOP, "STOP", 0, 0, 0, FRONTIER);
    row(ADD, "ADD", 2, 1, 3, FRONTIER);
    row(MUL, "MUL", 2, 1, 5, FRONTIER);
    row(SUB, "SUB", 2, 1, 3, FRONTIER);
    row(DIV, "DIV", 2, 1, 5, FRONTIER);
    row(SDIV, "SDIV", 2, 1, 5, FRONTIER);
    row(MOD, "MOD", 2, 1, 5, FRONTIER);
    row(SMOD, "SMOD", 2, 1, 5, FRONTIER);
    row(ADDMOD, "ADDMOD", 3, 1, 8, FRONTIER);
    row(MULMOD, "MULMOD", 3, 1, 8, FRONTIER);
    row(EXP, "EXP", 2, 1, 10, FRONTIER);
    row(SIGNEXTEND, "SIGNEXTEND", 2, 1, 5, FRONTIER);

    row(LT, "LT", 2, 1, 3, FRONTIER);
    row(GT, "GT", 2, 1, 3, FRONTIER);
    row(SLT, "SLT", 2, 1, 3, FRONTIER);
    row(SGT, "SGT", 2, 1, 3, FRONTIER);
    row(EQ, "EQ", 2, 1, 3, FRONTIER);
    row(ISZERO, "ISZERO", 1, 1, 3, FRONTIER);
    row(AND, "AND", 2, 1, 3, FRONTIER);
    row(OR, "OR", 2, 1, 3, FRONTIER);
    row(XOR, "XOR", 2, 1, 3, FRONTIER);
    row(NOT, "NOT", 1, 1, 3, FRONTIER);
    row(BYTE, "BYTE", 2, 1, 3, FRONTIER);
    row(SHL, "SHL", 2, 1, 3, CONSTANTINOPLE);
    row(SHR, "SHR", 2, 1, 3, CONSTANTINOPLE);
    row(SAR, "SAR", 2, 1, 3, CONSTANTINOPLE);
    row(CLZ, "CLZ", 1, 1, 5, OSAKA);
    row(KECCAK256, "KECCAK256", 2, 1, 30, FRONTIER);

    row(ADDRESS, "ADDRESS", 0, 1, 2, FRONTIER);
    row(BALANCE, "BALANCE", 1, 1, 0, Fork::balanceGas, FRONTIER);
    row(ORIGIN, "ORIGIN", 0, 1, 2, FRONTIER);
    row(CALLER, "CALLER", 0, 1, 2, FRONTIER);
    row(CALLVALUE, "CALLVALUE", 0, 1, 2, FRONTIER);
    row(CALLDATALOAD, "CALLDATALOAD", 1, 1, 3, FRONTIER);
    row(CALLDATASIZE, "CALLDATASIZE", 0, 1, 2, FRONTIER);
    row(CALLDATACOPY, "CALLDATACOPY", 3, 0, 3, FRONTIER);
    row(CODESIZE, "CODESIZE", 0, 1, 2, FRONTIER);
    row(CODECOPY, "CODECOPY", 3, 0, 3, FRONTIER);
    row(GASPRICE, "GASPRICE", 0, 1, 2, FRONTIER);
    row(EXTCODESIZE, "EXTCODESIZE", 1, 1, 0, Fork::extcodeGas, FRONTIER);
    row(EXTCODECOPY, "EXTCODECOPY", 4, 0, 0, Fork::extcodeGas, FRONTIER);
    row(RETURNDATASIZE, "RETURNDATASIZE", 0, 1, 2, BYZANTIUM);
    row(RETURNDATACOPY, "RETURNDATACOPY", 3, 0, 3, BYZANTIUM);
    row(EXTCODEHASH, "EXTCODEHASH", 1, 1, 0, Fork::extcodehashGas, CONSTANTINOPLE);

    row(BLOCKHASH, "BLOCKHASH", 1, 1, 20, FRONTIER);
    row(COINBASE, "COINBASE", 0, 1, 2, FRONTIER);
    row(TIMESTAMP, "TIMESTAMP", 0, 1, 2, FRONTIER);
    row(NUMBER, "NUMBER", 0, 1, 2, FRONTIER);
    row(PREVRANDAO, "PREVRANDAO", 0, 1, 2, FRONTIER);
    row(GASLIMIT, "GASLIMIT", 0, 1, 2, FRONTIER);
    row(CHAINID, "CHAINID", 0, 1, 2, ISTANBUL);
    row(SELFBALANCE, "SELFBALANCE", 0, 1, 5, ISTANBUL);
    row(BASEFEE, "BASEFEE", 0, 1, 2, LONDON);
    row(BLOBHASH, "BLOBHASH", 1, 1, 3, CANCUN);
    row(BLOBBASEFEE, "BLOBBASEFEE", 0, 1, 2, CANCUN);

    row(POP, "POP", 1, 0, 2, FRONTIER);
    row(MLOAD, "MLOAD", 1, 1, 3, FRONTIER);
    row(MSTORE, "MSTORE", 2, 0, 3, FRONTIER);
    row(MSTORE8, "MSTORE8", 2, 0, 3, FRONTIER);
    row(SLOAD, "SLOAD", 1, 1, 0, Fork::sloadGas, FRONTIER);
    row(SSTORE, "SSTORE", 2, 0, 0, FRONTIER);
    row(JUMP, "JUMP", 1, 0, 8, FRONTIER);
    row(JUMPI, "JUMPI", 2, 0, 10, FRONTIER);
    row(PC, "PC", 0, 1, 2, FRONTIER);
    row(MSIZE, "MSIZE", 0, 1, 2, FRONTIER);
    row(GAS, "GAS", 0, 1, 2, FRONTIER);
    row(JUMPDEST, "JUMPDEST", 0, 0, 1, FRONTIER);
    row(TLOAD, "TLOAD", 1, 1, 100, CANCUN);
    row(TSTORE, "TSTORE", 2, 0, 100, CANCUN);
    row(MCOPY, "MCOPY", 3, 0, 3, CANCUN);

    row(PUSH0, "PUSH0", 0, 1, 2, SHANGHAI);
    for (int bytes = 1; bytes <= 32; bytes++) {
      row(PUSH0 + bytes, "PUSH" + bytes, 0, 1, bytes, fork -> 3, FRONTIER);
    }
    for (int depth = 1; depth <= 16; depth++) {
      row(DUP1 + depth - 1, "DUP" + depth, depth, depth + 1, 3, FRONTIER);
      row(SWAP1 + depth - 1, "SWAP" + depth, depth + 1, depth + 1, 3, FRONTIER);
    }
    for (int topics = 0; topics <= 4; topics++) {
      row(LOG0 + topics, "LOG" + topics, topics + 2, 0, 375 * (topics + 1), FRONTIER);
    }

    row(CREATE, "CREATE", 3, 1, 32_000, FRONTIER);
    row(CALL, "CALL", 7, 1, 0, Fork::callGas, FRONTIER);
    row(CALLCODE, "CALLCODE", 7, 1, 0, Fork::callGas, FRONTIER);
    row(RETURN, "RETURN", 2, 0, 0, FRONTIER);
    row(DELEGATECALL, "DELEGATECALL", 6, 1, 0, Fork::callGas, HOMESTEAD);
    row(CREATE2, "CREATE2", 4, 1, 32_000, CONSTANTINOPLE);
    row(STATICCALL, "STATICCALL", 6, 1, 0, Fork::callGas, BYZANTIUM);
    row(REVERT, "REVERT", 2, 0, 0, BYZANTIUM);
    row(SELFDESTRUCT, "SELFDESTRUCT", 1, 0, 0, Fork::selfDestructGas, FRONTIER);
  }

  private static void row(int opcode, String name, int in, int out, int gas, Fork since) {
    row(opcode, name, in, out, 0, fork -> gas, since);
  }

  private static void row(
      int opcode,
      String name,
      int in,
      int out,
      int immediate,
      ToIntFunction<Fork> gas,
      Fork since) {
    ROWS[opcode] = new Row(name, in, out, immediate, gas, since);
  }

  private final Fork fork;
  private final long[] packed = new long[256];

  OpcodeTable(Fork fork) {
    this.fork = fork;
    for (int opcode = 0; opcode < 256; opcode++) {
      packed[opcode] = isDefined(opcode) ? pack(ROWS[opcode]) : UNDEFINED;
    }
  }

  // ---------------------------------------------------------------- the packed form

  private static final int NEEDED_SHIFT = 16;
  private static final int GROWTH_SHIFT = 32;

  /** Needs more than any stack holds, so that the loop's one check for the stack catches it. */
  private static final long UNDEFINED = 0x7fffL << NEEDED_SHIFT;

  private long pack(Row row) {
    long gas = row.gas.applyAsInt(fork);
    long needed = (long) row.in * LIMBS;
    long growth = (long) (row.out - row.in) * LIMBS;
    return gas | needed << NEEDED_SHIFT | growth << GROWTH_SHIFT;
  }

  /** A row for each opcode, to be read with the functions below; not to be changed. */
  long[] packed() {
    return packed;
  }

  static int gas(long row) {
    return (int) row & 0xffff;
  }

  /** Limbs that must be on the stack. */
  static int needed(long row) {
    return (int) row >>> NEEDED_SHIFT;
  }

  /** Limbs by which the stack grows; negative where it shrinks. */
  static int growth(long row) {
    return (int) (row >> GROWTH_SHIFT);
  }

  // ---------------------------------------------------------------- in words

  /** Whether the opcode exists in this fork. */
  boolean isDefined(int opcode) {
    return ROWS[opcode] != null && fork.isAtLeast(ROWS[opcode].since);
  }

  /** The opcode's name in any fork, or its number where it has none. */
  static String name(int opcode) {
    return ROWS[opcode] == null ? String.format("0x%02x", opcode) : ROWS[opcode].name;
  }

  /** Bytes of the code that follow the opcode as its operand. */
  static int immediate(int opcode) {
    return ROWS[opcode] == null ? 0 : ROWS[opcode].immediate;
  }
}
