package io.rekindle.job.output;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Where the ranges of a run start that run side by side. Kept beside the manifests, so that a
 * continued run has the same ranges even if there are more states by then.
 *
 * @param starts in order; each range ends before the next one starts, the last one where the run
 *     does
 */
public record RangeStarts(@JsonProperty("starts") List<Start> starts) {
  /**
   * The start of a range.
   *
   * @param firstBlock its first block
   * @param stateRoot of the state before that block, 0x and 64 digits
   */
  public record Start(
      @JsonProperty("first_block") long firstBlock, @JsonProperty("state_root") String stateRoot) {}

  /**
   * The same ranges, those that have not begun with the states that are there now.
   *
   * @param now other starts
   * @param begun whether the range at a place has rows already
   */
  RangeStarts withStatesOf(RangeStarts now, IntPredicate begun) {
    List<Start> updated = new ArrayList<>(starts);
    for (Start start : now.starts()) {
      for (int i = 0; i < updated.size(); i++) {
        if (updated.get(i).firstBlock() == start.firstBlock() && !begun.test(i)) {
          updated.set(i, start);
        }
      }
    }
    return new RangeStarts(updated);
  }
}
