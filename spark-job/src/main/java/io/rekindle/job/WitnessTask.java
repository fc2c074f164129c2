package io.rekindle.job;

import io.rekindle.evm.interpreter.Interpreter;
import io.rekindle.evm.process.Outcome;
import io.rekindle.evm.process.Unit;
import io.rekindle.evm.process.UnitExecutor;
import io.rekindle.evm.process.UnitResult;
import io.rekindle.evm.state.MissingStateException;
import io.rekindle.evm.state.OverlayState;
import io.rekindle.evm.word.Hash;
import io.rekindle.job.archive.ArchiveException;
import io.rekindle.job.archive.ArchiveFile;
import io.rekindle.job.window.FinishTask;
import io.rekindle.job.window.WindowBlocks;
import io.rekindle.snapshot.trie.TrieState;
import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * A block with its execution witness, for executors. A witness says nothing of which addresses and
 * slots its hashed paths belong to; executing the block once, serially, tells what it reads, and
 * those entries, proven by the witness, are the state that the block is then planned and executed
 * on.
 *
 * @param block {@link DecodedBlock#toBytes}
 */
record WitnessTask(ChainChoice chain, byte[] block, ArchiveFile file) implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * @throws ArchiveException where there is no witness for the block
   */
  static WitnessTask of(ChainChoice chain, DecodedBlock block, Map<Long, ArchiveFile> witnesses) {
    ArchiveFile file = witnesses.get(block.number());
    if (file == null) {
      throw new ArchiveException(block.place(), "witness", "there is none for this block");
    }
    return new WitnessTask(chain, block.toBytes(), file);
  }

  /** The block with the state that it starts from, and with hashes of its ancestors. */
  byte[] withState() {
    WitnessFile witness = WitnessFile.read(file);
    DecodedBlock decoded = DecodedBlock.ofBytes(block);
    DecodedBlock linked = decoded.withAncestors(witness.ancestors(decoded.parentHash()));
    SeenState seen = new SeenState(witness.stateBefore(decoded.parentHash()));
    WindowBlocks window =
        WindowBlocks.of(
            List.of(),
            List.of(linked.inWindow(linked.ancestors(), linked.totalDifficulty())),
            chain.spec());
    UnitExecutor executor = new UnitExecutor(new Interpreter());
    OverlayState state = new OverlayState(seen);
    for (Unit unit : window.units()) {
      Outcome outcome = executor.execute(state, unit, UnitExecutor.Mode.EXACT);
      if (outcome.result() instanceof UnitResult.Unanswered
          || outcome.result() instanceof UnitResult.Invalid) {
        // The run itself says what that means for the block.
        break;
      }
      state.apply(outcome.writes());
    }
    return linked.withPrestate(Prestates.encoded(seen.snapshot())).toBytes();
  }

  /** The state root after the block's outcomes, out of the proven part of the trie. */
  byte[] rootAfter(byte[] finishTask) {
    Hash parent = DecodedBlock.ofBytes(block).parentHash();
    TrieState before = WitnessFile.read(file).stateBefore(parent);
    OverlayState state = new OverlayState(before);
    try {
      for (Outcome outcome : FinishTask.decode(finishTask).outcomes()) {
        state.apply(outcome.writes());
      }
      return before.trie().apply(state).root().toBytes();
    } catch (MissingStateException e) {
      throw new ArchiveException(
          file.path(), "witness", "for the state root it lacks " + e.getMessage(), e);
    }
  }
}
