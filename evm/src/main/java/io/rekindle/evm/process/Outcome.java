package io.rekindle.evm.process;

import io.rekindle.evm.engine.CallFrame;
import io.rekindle.evm.state.Log;
import io.rekindle.evm.state.ReadSet;
import io.rekindle.evm.state.WriteSet;
import java.util.List;

/**
 * What executing a unit gave. Invalid and unanswered units write nothing, but their reads say what
 * the verdict rests on.
 *
 * @param reads what was learned of the state, and so what must still hold where the outcome is
 *     committed
 * @param writes changes, with the accounts merely touched
 * @param logs in order
 * @param frames of a transaction where they were recorded, in the order of their start; else empty
 */
public record Outcome(
    UnitResult result, ReadSet reads, WriteSet writes, List<Log> logs, List<CallFrame> frames) {
  /** Without frames. */
  public Outcome(UnitResult result, ReadSet reads, WriteSet writes, List<Log> logs) {
    this(result, reads, writes, logs, List.of());
  }
}
