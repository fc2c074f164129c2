package io.rekindle.evm.interpreter;

import io.rekindle.evm.engine.ExecutionObserver.FrameKind;
import io.rekindle.evm.precompile.Precompile;
import io.rekindle.evm.state.Code;
import io.rekindle.evm.state.JournalAccount;
import io.rekindle.evm.word.Address;
import java.util.Arrays;

/**
 * One message being executed: what Java's own stack would hold if calls recursed. A frame belongs
 * to a depth and is used again and again. While it runs, the loop keeps {@code pc}, {@code sp} and
 * {@code gas} in locals, and writes them back where it stops.
 */
final class Frame {
  static final byte[] NO_BYTES = {};

  final int depth;
  final Memory memory = new Memory();

  /** Four limbs a word, the least significant first. */
  final long[] stack = new long[OpcodeTable.STACK_LIMIT * OpcodeTable.LIMBS];

  FrameKind kind;
  boolean isStatic;

  /** The account whose storage and balance this frame works on. */
  JournalAccount self;

  Address caller;

  /** The value that CALLVALUE gives, four limbs. */
  final long[] value = new long[4];

  /**
   * The account whose code runs; another than {@code self} for CALLCODE, DELEGATECALL, EIP-7702.
   */
  JournalAccount codeAccount;

  /** What runs: the precompile where it is not null, or the code. */
  Precompile precompile;

  Code code;

  /** Call data: a view of the caller's memory, which stands still while this frame runs. */
  byte[] input;

  int inputOffset;
  int inputLength;

  /** The place of the next word to be pushed, in limbs. */
  int sp;

  int pc;

  /** The opcode that the loop stopped at. */
  int opcode;

  long gas;
  long gasAtStart;

  /** Where the journal goes back to if this frame fails. */
  int checkpoint;

  /** What this frame returns or reverts with: a view of its memory, or a precompile's own array. */
  byte[] output = NO_BYTES;

  int outputOffset;
  int outputLength;

  /** The range of the caller's memory that takes the output. */
  int resultOffset;

  int resultLength;

  /**
   * What the last call from this frame returned: a view of the callee's memory, or its own array.
   */
  byte[] returnData = NO_BYTES;

  int returnDataOffset;
  int returnDataLength;

  Frame(int depth) {
    this.depth = depth;
  }

  boolean isCreation() {
    return kind == FrameKind.CREATE || kind == FrameKind.CREATE2;
  }

  /** Makes the frame ready to run; the message itself is already filled in. */
  void start(long newGas, int newCheckpoint) {
    memory.clear();
    gas = newGas;
    gasAtStart = newGas;
    sp = 0;
    pc = 0;
    checkpoint = newCheckpoint;
    output(NO_BYTES, 0, 0);
    clearReturnData();
  }

  /** Keeps at which opcode the loop stops, and where to go on behind it. */
  void stopAt(int newOpcode, int newPc, int newSp, long newGas) {
    opcode = newOpcode;
    pc = newPc;
    sp = newSp;
    gas = newGas;
  }

  void input(byte[] bytes, int offset, int length) {
    input = bytes;
    inputOffset = offset;
    inputLength = length;
  }

  byte[] inputCopy() {
    return Arrays.copyOfRange(input, inputOffset, inputOffset + inputLength);
  }

  void result(int offset, int length) {
    resultOffset = offset;
    resultLength = length;
  }

  void clearReturnData() {
    returnData(NO_BYTES, 0, 0);
  }

  void returnData(byte[] bytes, int offset, int length) {
    returnData = bytes;
    returnDataOffset = offset;
    returnDataLength = length;
  }

  void output(byte[] bytes, int offset, int length) {
    output = bytes;
    outputOffset = offset;
    outputLength = length;
  }

  /** A copy of what this frame returns or reverts with. */
  byte[] outputCopy() {
    return outputLength == 0
        ? NO_BYTES
        : Arrays.copyOfRange(output, outputOffset, outputOffset + outputLength);
  }
}
