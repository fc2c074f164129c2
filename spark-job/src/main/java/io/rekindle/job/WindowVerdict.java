package io.rekindle.job;

import io.rekindle.evm.process.BlockCheck;
import io.rekindle.job.output.GroupManifest.Counts;
import io.rekindle.job.output.GroupManifest.Failure;
import java.util.ArrayList;
import java.util.List;

/** What holding a window's blocks against their headers has given. */
final class WindowVerdict {
  private final List<FinishedBlockReport> blocks;
  private final List<BlockCheck> others = new ArrayList<>();

  WindowVerdict(List<FinishedBlockReport> blocks) {
    this.blocks = blocks;
  }

  /** Adds a check that is not in the blocks' reports. */
  void add(BlockCheck check) {
    others.add(check);
  }

  boolean failed() {
    return !failures().isEmpty();
  }

  /** The number of the block at a place. */
  long number(int place) {
    return blocks.get(place).block();
  }

  /** Whether every unit of the block at a place was valid and fitted it. */
  boolean valid(int place) {
    return blocks.get(place).valid();
  }

  /** All checks of the block at a place. */
  List<BlockCheck> checks(int place) {
    List<BlockCheck> checks = new ArrayList<>(blocks.get(place).checks());
    others.stream().filter(check -> check.block() == number(place)).forEach(checks::add);
    return checks;
  }

  void addTo(RunTotals totals) {
    blocks.forEach(totals::add);
    others.forEach(totals::add);
  }

  List<Failure> failures() {
    List<Failure> failures = new ArrayList<>();
    for (FinishedBlockReport block : blocks) {
      block.failures().forEach(check -> failures.add(Failure.of(check)));
    }
    others.stream().filter(check -> !check.passed()).map(Failure::of).forEach(failures::add);
    return failures;
  }

  Counts counts() {
    RunTotals sum = new RunTotals();
    addTo(sum);
    return new Counts(sum.blocks, sum.transactions, sum.gas, sum.checksPassed, sum.checksFailed, 0);
  }
}
