package io.rekindle.evm.process;

import io.rekindle.evm.chain.Senders;
import io.rekindle.evm.engine.CallFrame;
import io.rekindle.evm.engine.CallTracer;
import io.rekindle.evm.engine.EvmEngine;
import io.rekindle.evm.engine.ExecutionObserver;
import io.rekindle.evm.state.Journal;
import io.rekindle.evm.state.Log;
import io.rekindle.evm.state.MissingStateException;
import io.rekindle.evm.state.ReadSet;
import io.rekindle.evm.state.StateReader;
import io.rekindle.evm.state.WriteSet;
import java.util.List;

/**
 * Executes units, one after another; the seam that partitions, the merge validator and serial
 * execution all go through. Keeps buffers: one executor a thread.
 */
public final class UnitExecutor {
  /** Whether a transaction is taken at its word about nonce and funds. */
  public enum Mode {
    /** The state is the true one at the unit's place: a wrong nonce or lacking funds is invalid. */
    EXACT,
    /** The state may be older: the sender's nonce and funds are assumed, and recorded as reads. */
    SPECULATIVE
  }

  /** What is told of a unit's meeting with the state. */
  public enum Recording {
    /** What it learned and what it changes, as merging needs it. */
    READS_AND_WRITES,
    /** As {@link #READS_AND_WRITES}, and the frames of its calls if it is a transaction. */
    READS_WRITES_AND_FRAMES,
    /** What it changes; the read set stays empty. For serial execution, where nobody asks. */
    WRITES
  }

  private final EvmEngine engine;
  private final AuthorityRecovery recovery;
  private final Recording recording;
  private final Journal journal = new Journal();

  public UnitExecutor(EvmEngine engine) {
    this(engine, Senders::authority);
  }

  /** With another way to recover the signers of authorizations, such as one that remembers them. */
  public UnitExecutor(EvmEngine engine, AuthorityRecovery recovery) {
    this(engine, recovery, Recording.READS_AND_WRITES);
  }

  public UnitExecutor(EvmEngine engine, AuthorityRecovery recovery, Recording recording) {
    this.engine = engine;
    this.recovery = recovery;
    this.recording = recording;
  }

  public Outcome execute(StateReader state, Unit unit, Mode mode) {
    return execute(state, unit, mode, null);
  }

  /**
   * Executes a unit on a state, which it does not change.
   *
   * @param observer told of calls and hashes, or null
   */
  public Outcome execute(StateReader state, Unit unit, Mode mode, ExecutionObserver observer) {
    journal.reset(state);
    boolean traced =
        recording == Recording.READS_WRITES_AND_FRAMES && unit instanceof Unit.TransactionUnit;
    CallTracer tracer = traced ? new CallTracer(observer) : null;
    UnitResult result;
    try {
      result = process(unit, mode, traced ? tracer : observer);
    } catch (MissingStateException e) {
      result = new UnitResult.Unanswered(e.getMessage());
    }
    ReadSet reads = recording == Recording.WRITES ? ReadSet.EMPTY : journal.reads();
    if (result instanceof UnitResult.Invalid || result instanceof UnitResult.Unanswered) {
      return new Outcome(result, reads, WriteSet.EMPTY, List.of());
    }
    boolean clearsEmptyAccounts = unit.block().context().fork().clearsEmptyAccounts();
    // Logs of system calls are in no receipt, and so in no bloom.
    List<Log> logs = unit instanceof Unit.TransactionUnit ? journal.logs() : List.of();
    List<CallFrame> frames = traced ? tracer.frames() : List.of();
    return new Outcome(result, reads, journal.writes(clearsEmptyAccounts), logs, frames);
  }

  private UnitResult process(Unit unit, Mode mode, ExecutionObserver observer) {
    if (unit instanceof Unit.TransactionUnit transaction) {
      return TransactionProcessor.process(journal, engine, recovery, transaction, mode, observer);
    }
    if (unit instanceof Unit.Opening opening) {
      return BlockOpening.process(journal, engine, opening.block(), observer);
    }
    return BlockClosing.process(journal, engine, unit.block(), observer);
  }
}
