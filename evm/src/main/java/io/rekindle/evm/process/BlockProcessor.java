package io.rekindle.evm.process;

import io.rekindle.evm.chain.Block;
import io.rekindle.evm.chain.Header;
import io.rekindle.evm.engine.AncestorHashes;
import io.rekindle.evm.fork.ChainSpec;
import io.rekindle.evm.fork.Fork;
import io.rekindle.evm.state.OverlayState;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Processes blocks: the outcome of every unit in chain order, and every claim of the header
 * checked. Executing serially, it is what parallel execution is held against. One processor a
 * thread.
 */
public final class BlockProcessor {
  /** Computes the root of a complete state. */
  @FunctionalInterface
  public interface StateRoots {
    /** For states that are not complete: no root, and no check that needs one. */
    StateRoots UNKNOWN = state -> null;

    Hash root(OverlayState state);
  }

  private final BlockExecution execution;
  private final ChainSpec spec;
  private final StateRoots roots;

  /** Executes serially. */
  public BlockProcessor(UnitExecutor executor, ChainSpec spec, StateRoots roots) {
    this(BlockExecution.serial(executor), spec, roots);
  }

  public BlockProcessor(BlockExecution execution, ChainSpec spec, StateRoots roots) {
    this.execution = execution;
    this.spec = spec;
    this.roots = roots;
  }

  /** Checks and executes a block of a chain whose merge is no matter of total difficulty. */
  public BlockResult process(
      Block block,
      List<Address> senders,
      List<Block> ancestors,
      AncestorHashes hashes,
      OverlayState state) {
    Fork fork = spec.forkAt(block.header().number(), block.header().timestamp());
    return process(block, fork, senders, ancestors, hashes, state);
  }

  /**
   * Checks and executes a block.
   *
   * @param fork the rules at the block's place
   * @param senders of the transactions, in order; null where none can be recovered
   * @param ancestors the blocks before, oldest first, the parent last; the last seven matter
   * @param state the parent's; the block's afterwards. Where the block is not valid it is spoilt
   */
  public BlockResult process(
      Block block,
      Fork fork,
      List<Address> senders,
      List<Block> ancestors,
      AncestorHashes hashes,
      OverlayState state) {
    Header header = block.header();
    Header parent = ancestors.get(ancestors.size() - 1).header();

    List<BlockCheck> checks = new ArrayList<>(HeaderRules.check(header, parent, fork, spec));
    checks.addAll(BodyRules.check(block, fork));
    checks.addAll(OmmerRules.check(block, ancestors, spec));
    if (!checks.stream().allMatch(BlockCheck::passed)) {
      return new BlockResult(List.copyOf(checks), List.of(), List.of(), null, null);
    }
    BlockResult executed = execute(block, fork, senders, hashes, state);
    checks.addAll(executed.checks());
    return new BlockResult(
        List.copyOf(checks),
        executed.units(),
        executed.outcomes(),
        executed.assembled(),
        executed.invalid());
  }

  /** As {@link #process}, where the block's parent is not at hand: header rules are not checked. */
  public BlockResult execute(
      Block block, Fork fork, List<Address> senders, AncestorHashes hashes, OverlayState state) {
    BlockInput input = BlockInputs.of(block, fork, spec, hashes);
    BlockAssembler assembler = new BlockAssembler(block, fork, spec.depositContract());
    List<Unit> units = BlockInputs.units(input, block, senders);
    List<Outcome> outcomes = new ArrayList<>(units.size());
    Iterator<Outcome> execute = execution.outcomes(units, state);

    for (Unit unit : units) {
      BlockCheck failure = null;
      if (unit instanceof Unit.TransactionUnit transaction) {
        failure = assembler.checkAllowance(transaction.transaction());
      }
      UnitResult result = null;
      if (failure == null) {
        Outcome outcome = execute.next();
        state.apply(outcome.writes());
        outcomes.add(outcome);
        result = outcome.result();
        Hash root = fork.statusReceipts() ? null : roots.root(state);
        failure = assembler.add(unit, outcome, root);
      }
      if (failure != null) {
        UnitResult.Invalid invalid = result instanceof UnitResult.Invalid why ? why : null;
        return new BlockResult(List.of(failure), units, outcomes, null, invalid);
      }
    }

    AssembledBlock assembled = assembler.assemble();
    List<BlockCheck> checks = assembled.check(block.header(), fork, roots.root(state));
    return new BlockResult(checks, units, outcomes, assembled, null);
  }
}
