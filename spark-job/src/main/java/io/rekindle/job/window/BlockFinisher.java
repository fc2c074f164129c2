package io.rekindle.job.window;

import io.rekindle.evm.chain.Block;
import io.rekindle.evm.fork.Fork;
import io.rekindle.evm.process.AssembledBlock;
import io.rekindle.evm.process.BlockAssembler;
import io.rekindle.evm.process.BlockCheck;
import io.rekindle.evm.process.BlockRule;
import io.rekindle.evm.process.BodyRules;
import io.rekindle.evm.process.HeaderRules;
import io.rekindle.evm.process.OmmerRules;
import io.rekindle.evm.process.Outcome;
import io.rekindle.evm.process.Unit;
import io.rekindle.evm.word.Hash;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts a block of a merged window together and holds it against its header. Everything but the
 * state root is checked here, on executors; the state root is the driver's, which has the whole
 * state where there is one.
 */
public final class BlockFinisher {
  private BlockFinisher() {}

  /**
   * A finished block.
   *
   * @param assembled null where a unit was invalid or did not fit the block
   * @param checks every claim that was held against the header; all passed if the block is right
   */
  public record FinishedBlock(AssembledBlock assembled, List<BlockCheck> checks) {
    public boolean passed() {
      return checks.stream().allMatch(BlockCheck::passed);
    }
  }

  /**
   * @param index of the block in the window
   * @param outcomes of the block's units, in chain order; ends with the first invalid one
   * @param stateRoots after each unit, for receipts before Byzantium; null where not known
   */
  public static FinishedBlock finish(
      WindowBlocks window, int index, List<Outcome> outcomes, List<Hash> stateRoots) {
    Block block = window.block(index);
    Fork fork = window.fork(index);
    BlockAssembler assembler = new BlockAssembler(block, fork, window.spec().depositContract());
    List<Unit> units = window.units().subList(window.firstUnit(index), window.firstUnit(index + 1));
    List<BlockCheck> checks = new ArrayList<>(rulesBefore(window, index, fork));
    for (int i = 0; i < outcomes.size(); i++) {
      Hash root = stateRoots == null ? null : stateRoots.get(i);
      BlockCheck failure = assembler.add(units.get(i), outcomes.get(i), root);
      if (failure != null) {
        checks.add(failure);
        return new FinishedBlock(null, checks);
      }
    }
    AssembledBlock assembled = assembler.assemble();
    checks.addAll(assembled.check(block.header(), fork, null));
    return new FinishedBlock(assembled, checks);
  }

  /** The rules that a block obeys whatever executing it gives. */
  private static List<BlockCheck> rulesBefore(WindowBlocks window, int index, Fork fork) {
    Block block = window.block(index);
    List<Block> ancestors = window.ancestors(index);
    List<BlockCheck> checks = new ArrayList<>(BodyRules.check(block, fork));
    if (!window.ommersKnown(index)) {
      checks.removeIf(check -> check.rule() == BlockRule.OMMERS_HASH);
    }
    if (!ancestors.isEmpty()) {
      Block parent = ancestors.get(ancestors.size() - 1);
      checks.addAll(HeaderRules.check(block.header(), parent.header(), fork, window.spec()));
      if (window.ommersKnown(index)
          && (ancestors.size() == 7 || ancestors.get(0).header().number() == 0)) {
        checks.addAll(OmmerRules.check(block, ancestors, window.spec()));
      }
    }
    return checks;
  }
}
