package io.rekindle.evm.process;

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
 */
public record Outcome(UnitResult result, ReadSet reads, WriteSet writes, List<Log> logs) {}
