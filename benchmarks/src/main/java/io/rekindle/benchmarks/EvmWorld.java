package io.rekindle.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rekindle.evm.crypto.Keccak256;
import io.rekindle.evm.engine.BlockContext;
import io.rekindle.evm.engine.EvmEngine;
import io.rekindle.evm.engine.Message;
import io.rekindle.evm.engine.MessageResult;
import io.rekindle.evm.engine.TransactionContext;
import io.rekindle.evm.fork.Fork;
import io.rekindle.evm.interpreter.Interpreter;
import io.rekindle.evm.state.Account;
import io.rekindle.evm.state.Code;
import io.rekindle.evm.state.Journal;
import io.rekindle.evm.state.OverlayState;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.Hex;
import io.rekindle.evm.word.UInt256;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/** A state with one contract, and an engine that calls it under Osaka's rules. */
final class EvmWorld {
  private static final Address SENDER = Address.ofHex("0x5e4de70000000000000000000000000000000001");
  private static final Address RECEIVER =
      Address.ofHex("0x4ece1fe400000000000000000000000000000002");
  private static final Address CONTRACT =
      Address.ofHex("0xc047ac7000000000000000000000000000000003");
  private static final Address STOPS = Address.ofHex("0x000000000000000000000000000000000000c0d2");

  /** The place of balanceOf in the token's storage layout. */
  private static final long BALANCES_SLOT = 4;

  private static final UInt256 FUNDS = UInt256.of(1_000_000_000_000_000_000L);

  private final OverlayState state = new OverlayState(OverlayState.EMPTY);
  private final EvmEngine engine = new Interpreter();
  private final Journal journal = new Journal();
  private final BlockContext block =
      new BlockContext(
          Fork.OSAKA,
          UInt256.ONE,
          23_000_000,
          1_760_000_000L,
          Address.ZERO,
          45_000_000,
          UInt256.ZERO,
          Hash.ZERO,
          UInt256.ONE,
          UInt256.ONE,
          number -> Hash.ZERO);
  private final TransactionContext transaction =
      new TransactionContext(SENDER, UInt256.ONE, List.of(), null);
  private final Message message;

  private EvmWorld(Code code, byte[] input, Map<UInt256, UInt256> slots) {
    put(SENDER, Code.EMPTY, Map.of());
    put(STOPS, Code.of(new byte[1]), Map.of());
    put(CONTRACT, code, slots);
    long gas = 1L << 40;
    message = new Message(false, SENDER, CONTRACT, CONTRACT, false, code, UInt256.ZERO, input, gas);
  }

  private void put(Address address, Code code, Map<UInt256, UInt256> slots) {
    state.put(address, new Account(1, FUNDS, code.hash()), code, slots);
  }

  static EvmWorld of(EvmPrograms program) {
    return new EvmWorld(Code.of(program.code()), new byte[256], Map.of());
  }

  /** A token's contract as solc compiles it, and a transfer between two holders. */
  static EvmWorld ofTokenTransfer() {
    byte[] input = new byte[68];
    System.arraycopy(Hex.decode("0xa9059cbb"), 0, input, 0, 4);
    UInt256.ofAddress(RECEIVER).toBytes(input, 4);
    UInt256.of(1_000).toBytes(input, 36);
    Map<UInt256, UInt256> slots = Map.of(balance(SENDER), FUNDS, balance(RECEIVER), FUNDS);
    return new EvmWorld(Code.of(tokenCode()), input, slots);
  }

  private static UInt256 balance(Address holder) {
    byte[] bytes = new byte[64];
    UInt256.ofAddress(holder).toBytes(bytes, 0);
    UInt256.of(BALANCES_SLOT).toBytes(bytes, 32);
    return UInt256.ofHash(Keccak256.hash(bytes));
  }

  private static byte[] tokenCode() {
    try (InputStream in = EvmWorld.class.getResourceAsStream("/Token.json")) {
      JsonNode artifact = new ObjectMapper().readTree(in);
      return Hex.decode(artifact.get("runtimeBytecode").asText());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs the message on the state of the start; fails where it does not succeed. */
  MessageResult run() {
    journal.reset(state);
    MessageResult result = engine.execute(message, journal, block, transaction);
    if (!result.succeeded()) {
      throw new IllegalStateException("the program failed: " + result.halt());
    }
    return result;
  }

  long gasUsed() {
    return message.gas() - run().gasLeft();
  }

  int logCount() {
    run();
    return journal.logs().size();
  }
}
