package io.rekindle.evm.process;

import io.rekindle.evm.process.UnitResult.Invalid;
import java.util.List;

/**
 * What processing a block gave.
 *
 * @param checks all that were made, in order; where one fails, those of later stages are absent
 * @param units those executed
 * @param outcomes of the units, in order
 * @param assembled null where the block turned out to be invalid before its end
 * @param invalid the verdict on the unit that made the block invalid, or null
 */
public record BlockResult(
    List<BlockCheck> checks,
    List<Unit> units,
    List<Outcome> outcomes,
    AssembledBlock assembled,
    Invalid invalid) {

  /** Whether every check passed. */
  public boolean valid() {
    return checks.stream().allMatch(BlockCheck::passed);
  }

  /** The checks that did not pass. */
  public List<BlockCheck> failures() {
    return checks.stream().filter(check -> !check.passed()).toList();
  }
}
