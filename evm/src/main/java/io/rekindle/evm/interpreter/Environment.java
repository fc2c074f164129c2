package io.rekindle.evm.interpreter;

import io.rekindle.evm.engine.BlockContext;
import io.rekindle.evm.state.Code;
import io.rekindle.evm.state.Journal;
import io.rekindle.evm.state.JournalAccount;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.Words;
import java.util.List;

/** What code can learn of its message, its transaction, its block and other accounts. */
final class Environment {
  private Environment() {}

  // ---------------------------------------------------------------- message

  /** CALLDATALOAD: 32 bytes of the call data; zero beyond its end. */
  static void callDataLoad(long[] stack, Frame frame, int sp) {
    long index = Words.toLongSaturated(stack, sp - 4);
    int length = frame.inputLength;
    if (index <= length - 32) {
      Words.ofBytes(frame.input, frame.inputOffset + (int) index, stack, sp - 4);
    } else if (index >= length) {
      Words.set(stack, sp - 4, 0);
    } else {
      callDataTail(stack, frame, sp, (int) index);
    }
  }

  private static void callDataTail(long[] stack, Frame frame, int sp, int index) {
    Words.set(stack, sp - 4, 0);
    int bytes = frame.inputLength - index;
    for (int place = 0; place < bytes; place++) {
      long value = frame.input[frame.inputOffset + index + place] & 0xffL;
      stack[sp - 1 - (place >> 3)] |= value << (56 - 8 * (place & 7));
    }
  }

  // ---------------------------------------------------------------- transaction

  static void blobHash(Machine machine, Frame frame, int sp) {
    List<Hash> hashes = machine.transaction.blobHashes();
    long index = Words.toLongSaturated(frame.stack, sp - 4);
    if (index < hashes.size()) {
      Words.ofHash(hashes.get((int) index), frame.stack, sp - 4);
    } else {
      Words.set(frame.stack, sp - 4, 0);
    }
  }

  // ---------------------------------------------------------------- block

  /** The opcodes that read a field of the block. */
  static void ofBlock(Machine machine, Frame frame, int opcode, int sp) {
    long[] stack = frame.stack;
    BlockContext block = machine.block;
    switch (opcode) {
      case OpcodeTable.BLOCKHASH -> blockHash(machine, frame, sp);
      case OpcodeTable.COINBASE -> Words.ofAddress(block.coinbase(), stack, sp);
      case OpcodeTable.TIMESTAMP -> Words.set(stack, sp, block.timestamp());
      case OpcodeTable.NUMBER -> Words.set(stack, sp, block.number());
      case OpcodeTable.PREVRANDAO -> prevRandao(machine, frame, sp);
      case OpcodeTable.GASLIMIT -> Words.set(stack, sp, block.gasLimit());
      case OpcodeTable.CHAINID -> block.chainId().toLimbs(stack, sp);
      case OpcodeTable.BASEFEE -> block.baseFee().toLimbs(stack, sp);
      case OpcodeTable.BLOBHASH -> blobHash(machine, frame, sp);
      case OpcodeTable.BLOBBASEFEE -> block.blobBaseFee().toLimbs(stack, sp);
      default -> throw new IllegalStateException("no handler for " + OpcodeTable.name(opcode));
    }
  }

  /** BLOCKHASH: of the last 256 blocks, zero for any other number. */
  static void blockHash(Machine machine, Frame frame, int sp) {
    BlockContext block = machine.block;
    long number = Words.toLongSaturated(frame.stack, sp - 4);
    if (number < block.number() && block.number() - number <= 256) {
      Words.ofHash(block.ancestors().hash(number), frame.stack, sp - 4);
    } else {
      Words.set(frame.stack, sp - 4, 0);
    }
  }

  /** DIFFICULTY, which became PREVRANDAO (EIP-4399). */
  static void prevRandao(Machine machine, Frame frame, int sp) {
    if (machine.fork.proofOfStake()) {
      Words.ofHash(machine.block.prevRandao(), frame.stack, sp);
    } else {
      machine.block.difficulty().toLimbs(frame.stack, sp);
    }
  }

  // ---------------------------------------------------------------- accounts

  static long balance(Machine machine, Frame frame, int sp, long gas) {
    JournalAccount account = machine.journal.account(frame.stack, sp - 4);
    long left = machine.access(account, gas);
    if (left >= 0) {
      machine.journal.balance(account, frame.stack, sp - 4);
    }
    return left;
  }

  static long externalCodeSize(Machine machine, Frame frame, int sp, long gas) {
    JournalAccount account = machine.journal.account(frame.stack, sp - 4);
    long left = machine.access(account, gas);
    if (left >= 0) {
      Words.set(frame.stack, sp - 4, machine.journal.code(account).size());
    }
    return left;
  }

  /** EXTCODEHASH (EIP-1052): zero for a dead account; only one without code can be dead. */
  static long externalCodeHash(Machine machine, Frame frame, int sp, long gas) {
    Journal journal = machine.journal;
    JournalAccount account = journal.account(frame.stack, sp - 4);
    long left = machine.access(account, gas);
    if (left >= 0) {
      Hash hash = journal.codeHash(account);
      if (hash.equals(Code.EMPTY_HASH) && journal.isDead(account)) {
        hash = Hash.ZERO;
      }
      Words.ofHash(hash, frame.stack, sp - 4);
    }
    return left;
  }
}
