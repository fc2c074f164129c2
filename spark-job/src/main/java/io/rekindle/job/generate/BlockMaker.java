package io.rekindle.job.generate;

import io.rekindle.evm.chain.Block;
import io.rekindle.evm.chain.Header;
import io.rekindle.evm.chain.Requests;
import io.rekindle.evm.chain.Roots;
import io.rekindle.evm.chain.Transaction;
import io.rekindle.evm.chain.Withdrawal;
import io.rekindle.evm.engine.AncestorHashes;
import io.rekindle.evm.fork.ChainSpec;
import io.rekindle.evm.fork.Fork;
import io.rekindle.evm.process.AssembledBlock;
import io.rekindle.evm.process.BlockAssembler;
import io.rekindle.evm.process.BlockCheck;
import io.rekindle.evm.process.BlockInput;
import io.rekindle.evm.process.BlockInputs;
import io.rekindle.evm.process.Outcome;
import io.rekindle.evm.process.Unit;
import io.rekindle.evm.process.UnitExecutor;
import io.rekindle.evm.process.UnitExecutor.Mode;
import io.rekindle.evm.process.UnitResult.Executed;
import io.rekindle.evm.state.OverlayState;
import io.rekindle.evm.state.StateReader;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * One block in the making: transactions are executed as they come, each on what the one before it
 * left, and at the end the block is sealed with the header that follows from them.
 */
final class BlockMaker {
  private final Header draft;
  private final Fork fork;
  private final ChainSpec spec;
  private final AncestorHashes ancestors;
  private final UnitExecutor executor;
  private final List<Withdrawal> withdrawals;
  private final BlockInput input;
  private final OverlayState state;

  private final List<Transaction> transactions = new ArrayList<>();
  private final List<Unit> units = new ArrayList<>();
  private final List<Outcome> outcomes = new ArrayList<>();
  private long gasUsed;
  private long blobGasUsed;
  private int failed;

  /**
   * @param draft the header without what follows from execution
   * @param before the parent's state
   */
  BlockMaker(
      Header draft,
      ChainSpec spec,
      AncestorHashes ancestors,
      UnitExecutor executor,
      List<Withdrawal> withdrawals,
      StateReader before) {
    this.draft = draft;
    this.spec = spec;
    this.fork = spec.forkAt(draft.number(), draft.timestamp());
    this.ancestors = ancestors;
    this.executor = executor;
    this.withdrawals = withdrawals;
    this.state = new OverlayState(before);
    this.input = inputOf(List.of());
    for (Unit unit : BlockInputs.units(input, blockOf(draft, List.of()), List.of())) {
      if (unit instanceof Unit.Opening) {
        execute(unit);
      }
    }
  }

  private Block blockOf(Header header, List<Transaction> list) {
    return new Block(header, list, List.of(), fork.withdrawals() ? withdrawals : null);
  }

  private BlockInput inputOf(List<Transaction> list) {
    return BlockInputs.of(blockOf(draft, list), fork, spec, ancestors);
  }

  private Outcome execute(Unit unit) {
    Outcome outcome = executor.execute(state, unit, Mode.EXACT);
    state.apply(outcome.writes());
    units.add(unit);
    outcomes.add(outcome);
    return outcome;
  }

  /** The state so far. */
  OverlayState state() {
    return state;
  }

  UInt256 baseFee() {
    return draft.baseFee();
  }

  long gasUsed() {
    return gasUsed;
  }

  int size() {
    return transactions.size();
  }

  int failed() {
    return failed;
  }

  /** Whether a transaction with this limit and these blobs still fits. */
  boolean fits(long gas, long blobGas) {
    return gas <= draft.gasLimit() - gasUsed && blobGasUsed + blobGas <= targetBlobGas();
  }

  /** Blobs up to the target only, so that their price stays where it is. */
  private long targetBlobGas() {
    return fork.blobSchedule() == null ? 0 : (long) fork.blobSchedule().target() << 17;
  }

  /**
   * Executes a transaction and takes it into the block.
   *
   * @return whether it ended without a halt
   * @throws IllegalStateException where it is no valid one at this place
   */
  boolean add(Transaction transaction, Address sender) {
    Unit unit = new Unit.TransactionUnit(input, transactions.size(), transaction, sender);
    Outcome outcome = execute(unit);
    if (!(outcome.result() instanceof Executed executed)) {
      throw new IllegalStateException(
          "block " + draft.number() + ", transaction " + size() + ": " + outcome.result());
    }
    transactions.add(transaction);
    gasUsed += executed.gasUsed();
    blobGasUsed += transaction.blobGas();
    failed += executed.success() ? 0 : 1;
    return executed.success();
  }

  /**
   * Closes the block.
   *
   * @param stateRoot gives the root of the state with all that the block changed
   */
  Block seal(Function<OverlayState, Hash> stateRoot) {
    BlockInput whole = inputOf(transactions);
    if (fork.requests() || !whole.withdrawals().isEmpty()) {
      execute(new Unit.Closing(whole));
    }
    BlockAssembler assembler =
        new BlockAssembler(blockOf(draft, transactions), fork, spec.depositContract());
    for (int i = 0; i < units.size(); i++) {
      BlockCheck failure = assembler.add(units.get(i), outcomes.get(i), null);
      if (failure != null) {
        throw new IllegalStateException("the block made is not valid: " + failure);
      }
    }
    Header header = sealed(assembler.assemble(), stateRoot.apply(state));
    return blockOf(header, List.copyOf(transactions));
  }

  private Header sealed(AssembledBlock assembled, Hash stateRoot) {
    return new Header(
        draft.parentHash(),
        draft.ommersHash(),
        draft.coinbase(),
        stateRoot,
        Roots.transactions(transactions),
        Roots.receipts(assembled.receipts()),
        assembled.logsBloom(),
        draft.difficulty(),
        draft.number(),
        draft.gasLimit(),
        assembled.gasUsed(),
        draft.timestamp(),
        draft.extraData(),
        draft.mixHash(),
        draft.nonce(),
        draft.baseFee(),
        fork.withdrawals() ? Roots.withdrawals(withdrawals) : null,
        fork.blobSchedule() == null ? null : (Long) assembled.blobGasUsed(),
        draft.excessBlobGas(),
        draft.parentBeaconBlockRoot(),
        fork.requests() ? Requests.hash(assembled.requests()) : null,
        null,
        null);
  }
}
