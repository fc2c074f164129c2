package io.rekindle.evm.interpreter;

import io.rekindle.evm.engine.ContractAddress;
import io.rekindle.evm.engine.ExecutionObserver.FrameKind;
import io.rekindle.evm.engine.Halt;
import io.rekindle.evm.fork.Fork;
import io.rekindle.evm.state.Code;
import io.rekindle.evm.state.Journal;
import io.rekindle.evm.state.JournalAccount;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Words;

/** CREATE and CREATE2 (EIP-1014), and what every creation of a contract has in common. */
final class Creations {
  /** A nonce that cannot be raised (EIP-2681). */
  private static final long LAST_NONCE = -1;

  private Creations() {}

  /** As {@link Calls#call}. */
  static Halt create(Machine machine, Frame frame, int opcode, int sp) {
    if (frame.isStatic) {
      return Halt.STATIC_VIOLATION;
    }
    long[] stack = frame.stack;
    Fork fork = machine.fork;
    boolean salted = opcode == OpcodeTable.CREATE2;
    long offset = Words.toLongSaturated(stack, sp - 8);
    long length = Words.toLongSaturated(stack, sp - 12);
    if (length > fork.maxInitcodeSize()) {
      return Halt.INITCODE_TOO_LARGE;
    }
    long gas = frame.memory.grow(frame.gas, offset, length);
    if (gas < 0) {
      return Halt.OUT_OF_GAS;
    }
    int wordGas = fork.initcodeWordGas() + (salted ? GasCosts.KECCAK256_WORD : 0);
    gas -= wordGas * GasCosts.words(length);
    if (gas < 0) {
      return Halt.OUT_OF_GAS;
    }
    long forwarded = fork.allButOne64th() ? gas - (gas >>> 6) : gas;
    frame.gas = gas - forwarded;
    frame.clearReturnData();
    Frame callee = machine.frame(frame.depth + 1);
    callee.kind = salted ? FrameKind.CREATE2 : FrameKind.CREATE;
    Words.copy(stack, sp - 4, callee.value, 0);
    byte[] salt = salted ? new byte[32] : null;
    if (salted) {
      Words.toBytes(stack, sp - 16, salt, 0);
    }
    Words.set(stack, frame.sp - 4, 0);
    Journal journal = machine.journal;
    if (frame.depth == Machine.DEPTH_LIMIT
        || !journal.hasFunds(frame.self, callee.value, 0)
        || journal.nonce(frame.self) == LAST_NONCE) {
      frame.gas += forwarded;
      return null;
    }
    byte[] initcode = length == 0 ? Frame.NO_BYTES : frame.memory.slice((int) offset, (int) length);
    begin(machine, frame, callee, Code.unhashed(initcode), salt, forwarded);
    return null;
  }

  private static void begin(
      Machine machine, Frame frame, Frame callee, Code initcode, byte[] salt, long gas) {
    Journal journal = machine.journal;
    Address creator = frame.self.address();
    long nonce = journal.nonce(frame.self);
    Address address =
        salt == null
            ? ContractAddress.of(creator, nonce)
            : ContractAddress.of(creator, salt, initcode.hash());
    callee.self = journal.account(address);
    callee.codeAccount = callee.self;
    callee.caller = creator;
    callee.isStatic = false;
    callee.code = initcode;
    callee.precompile = null;
    callee.input(Frame.NO_BYTES, 0, 0);
    if (machine.fork.accessLists()) {
      journal.warm(callee.self);
    }
    journal.setNonce(frame.self, nonce + 1);
    callee.start(gas, journal.checkpoint());
    if (machine.observer != null) {
      machine.observeEnter(callee);
    }
    if (collides(journal, callee.self)) {
      Endings.settle(machine, callee, Halt.CREATE_COLLISION);
      return;
    }
    open(machine, callee);
    journal.subtractBalance(frame.self, callee.value, 0);
    journal.addBalance(callee.self, callee.value, 0);
    machine.current = callee;
  }

  /** Whether a contract cannot be created here (EIP-684, EIP-7610). */
  static boolean collides(Journal journal, JournalAccount account) {
    return journal.nonce(account) != 0
        || !journal.codeHash(account).equals(Code.EMPTY_HASH)
        || journal.hasStorage(account);
  }

  /** Makes the new account of a creation, after the frame's checkpoint. */
  static void open(Machine machine, Frame frame) {
    machine.journal.markCreated(frame.self);
    if (machine.fork.createdNonce() != 0) {
      machine.journal.setNonce(frame.self, machine.fork.createdNonce());
    }
  }
}
