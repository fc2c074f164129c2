package io.rekindle.evm.interpreter;

import io.rekindle.evm.engine.BlockContext;
import io.rekindle.evm.engine.ExecutionObserver;
import io.rekindle.evm.engine.Message;
import io.rekindle.evm.engine.MessageResult;
import io.rekindle.evm.engine.TransactionContext;
import io.rekindle.evm.fork.Fork;
import io.rekindle.evm.state.Account;
import io.rekindle.evm.state.Code;
import io.rekindle.evm.state.Journal;
import io.rekindle.evm.state.OverlayState;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import java.util.List;
import java.util.Map;

/** A small state, and one interpreter that runs messages on it; for tests. */
final class World {
  static final Address SENDER = Address.ofHex("0x00000000000000000000000000000000005e4de7");
  static final Address CONTRACT = Address.ofHex("0x000000000000000000000000000000000000c0de");
  static final Address OTHER = Address.ofHex("0x000000000000000000000000000000000000c0d2");
  static final Address COINBASE = Address.ofHex("0x000000000000000000000000000000000000c01b");

  final Fork fork;
  final OverlayState state = new OverlayState(OverlayState.EMPTY);
  final Journal journal = new Journal();
  final Interpreter interpreter = new Interpreter();
  ExecutionObserver observer;

  World(Fork fork) {
    this.fork = fork;
    account(SENDER, 1, UInt256.of(1L << 60), Code.EMPTY);
  }

  World account(Address address, long nonce, UInt256 balance, Code code) {
    return account(address, nonce, balance, code, Map.of());
  }

  World account(
      Address address, long nonce, UInt256 balance, Code code, Map<UInt256, UInt256> slots) {
    state.put(address, new Account(nonce, balance, code.hash()), code, slots);
    return this;
  }

  World contract(Address address, Bytecode code) {
    return account(address, 1, UInt256.ZERO, code.code());
  }

  BlockContext block() {
    return new BlockContext(
        fork,
        UInt256.ONE,
        1_000,
        1_700_000_000L,
        COINBASE,
        30_000_000,
        UInt256.of(131_072),
        Hash.of(0, 0, 0, 7),
        UInt256.of(9),
        UInt256.of(3),
        number -> Hash.of(0, 0, 0, number));
  }

  /** Calls the contract at {@link #CONTRACT}. */
  MessageResult call(byte[] input, UInt256 value, long gas) {
    Code code = journalOnState().code(journal.account(CONTRACT));
    return execute(new Message(false, SENDER, CONTRACT, CONTRACT, false, code, value, input, gas));
  }

  MessageResult call(long gas) {
    return call(new byte[0], UInt256.ZERO, gas);
  }

  Journal journalOnState() {
    journal.reset(state);
    return journal;
  }

  MessageResult execute(Message message) {
    TransactionContext transaction =
        new TransactionContext(SENDER, UInt256.of(10), List.of(Hash.of(1, 0, 0, 2)), observer);
    return interpreter.execute(message, journal, block(), transaction);
  }

  static UInt256 word(MessageResult result) {
    return UInt256.ofBytes(result.output());
  }
}
