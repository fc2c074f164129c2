package io.rekindle.evm.process;

import io.rekindle.evm.chain.Authorization;
import io.rekindle.evm.chain.Transaction;
import io.rekindle.evm.chain.Withdrawal;
import io.rekindle.evm.engine.BlockContext;
import io.rekindle.evm.fork.Fork;
import io.rekindle.evm.interpreter.Interpreter;
import io.rekindle.evm.process.UnitExecutor.Mode;
import io.rekindle.evm.state.Account;
import io.rekindle.evm.state.AccountReads;
import io.rekindle.evm.state.AccountWrites;
import io.rekindle.evm.state.Code;
import io.rekindle.evm.state.OverlayState;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import java.util.List;
import java.util.Map;

/** A pre-state, a fork and transactions on it, in few words. */
final class Scenario {
  static final Address SENDER = Address.ofHex("0x00000000000000000000000000000000000a11ce");
  static final Address CONTRACT = Address.ofHex("0x00000000000000000000000000000000000c0de1");
  static final Address OTHER = Address.ofHex("0x00000000000000000000000000000000000c0de2");
  static final Address COINBASE = Address.ofHex("0x000000000000000000000000000000000000face");
  static final Address FRESH = Address.ofHex("0x000000000000000000000000000000000000f4e5");

  static final UInt256 FUNDS = UInt256.of(1_000_000_000_000L);
  static final long GAS_LIMIT = 1_000_000;
  static final UInt256 CHAIN = UInt256.ONE;
  static final Hash PARENT_HASH = Hash.of(1, 2, 3, 4);
  static final Hash BEACON_ROOT = Hash.of(5, 6, 7, 8);

  final Fork fork;
  final OverlayState state = new OverlayState(OverlayState.EMPTY);
  long gasPrice = 10;
  long gasLimit = GAS_LIMIT;
  long baseFee;
  AuthorityRecovery recovery = authorization -> null;

  Scenario(Fork fork) {
    this.fork = fork;
    put(SENDER, 0, FUNDS);
  }

  Scenario put(Address address, long nonce, UInt256 balance) {
    return put(address, nonce, balance, new byte[0], Map.of());
  }

  Scenario contract(Address address, long balance, byte[] code) {
    return put(address, 1, UInt256.of(balance), code, Map.of());
  }

  Scenario put(
      Address address, long nonce, UInt256 balance, byte[] bytes, Map<UInt256, UInt256> slots) {
    Code code = Code.of(bytes);
    state.put(address, new Account(nonce, balance, code.hash()), code, slots);
    return this;
  }

  BlockInput block(List<Withdrawal> withdrawals) {
    BlockContext context =
        new BlockContext(
            fork,
            CHAIN,
            100,
            1_000,
            COINBASE,
            30_000_000,
            UInt256.ZERO,
            Hash.ZERO,
            UInt256.of(baseFee),
            UInt256.ONE,
            number -> Hash.ZERO);
    return new BlockInput(context, PARENT_HASH, BEACON_ROOT, false, 1, List.of(), withdrawals);
  }

  Transaction transaction(long nonce, Address to, byte[] input, List<Authorization> delegations) {
    boolean typed = !delegations.isEmpty();
    UInt256 price = UInt256.of(gasPrice);
    return new Transaction(
        typed ? 4 : 0,
        typed ? CHAIN : null,
        nonce,
        typed ? null : price,
        typed ? price : null,
        typed ? price : null,
        null,
        gasLimit,
        to,
        UInt256.ZERO,
        input,
        List.of(),
        List.of(),
        delegations,
        UInt256.of(27),
        UInt256.ONE,
        UInt256.ONE);
  }

  Outcome run(Mode mode, Transaction transaction) {
    Unit unit = new Unit.TransactionUnit(block(List.of()), 0, transaction, SENDER);
    return executor().execute(state, unit, mode);
  }

  /** Runs on the state and leaves it changed. */
  Outcome call(long nonce, Address to, byte... input) {
    return commit(run(Mode.EXACT, transaction(nonce, to, input, List.of())));
  }

  Outcome commit(Outcome outcome) {
    state.apply(outcome.writes());
    return outcome;
  }

  UnitExecutor executor() {
    return new UnitExecutor(new Interpreter(), recovery);
  }

  UInt256 balance(Address address) {
    Account account = state.account(address);
    return account == null ? UInt256.ZERO : account.balance();
  }

  long slot(Address address, long slot) {
    return state.storage(address, UInt256.of(slot)).limb0();
  }

  static UnitResult.Executed executed(Outcome outcome) {
    return (UnitResult.Executed) outcome.result();
  }

  static InvalidReason reason(Outcome outcome) {
    return ((UnitResult.Invalid) outcome.result()).reason();
  }

  /** What was learned of an account, or null. */
  static AccountReads reads(Outcome outcome, Address address) {
    return outcome.reads().accounts().stream()
        .filter(reads -> reads.address().equals(address))
        .findAny()
        .orElse(null);
  }

  /** What changed of an account, or null. */
  static AccountWrites writes(Outcome outcome, Address address) {
    return outcome.writes().accounts().stream()
        .filter(writes -> writes.address().equals(address))
        .findAny()
        .orElse(null);
  }

  /** The kinds of what was learned of an account, 0 where nothing was. */
  static int kinds(Outcome outcome, Address address) {
    AccountReads reads = reads(outcome, address);
    return reads == null ? 0 : reads.kinds();
  }
}
