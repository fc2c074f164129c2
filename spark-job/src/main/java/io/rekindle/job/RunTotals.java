package io.rekindle.job;

import io.rekindle.evm.process.BlockCheck;
import io.rekindle.merge.MergeStatistics;
import io.rekindle.merge.MergedWindow;
import java.util.ArrayList;
import java.util.List;

/**
 * What a run has done so far. Ranges that run side by side share it, and hold its lock while they
 * add to it.
 */
final class RunTotals {
  /** Failed checks that are kept; the others are only counted. */
  static final int MAX_FAILURES = 100;

  long blocks;
  long transactions;
  long gas;
  long checksPassed;
  long checksFailed;
  final List<BlockCheck> failures = new ArrayList<>();

  /** What could not be held against anything, a line each. */
  final List<String> notes = new ArrayList<>();

  final SidecarVerdict sidecars = new SidecarVerdict();

  /** Between the ranges of the run. */
  Seams seams = new Seams(List.of());

  final UnlistedKeys unlisted = new UnlistedKeys();
  int windows;
  int partitions;
  int acceptedWhole;
  long reruns;
  long rounds;
  long wastedGas;
  long validationNanos;
  long rerunNanos;
  long rootNanos;
  long conflictCount;
  final Throughput throughput = new Throughput();
  final Conflicts conflicts = new Conflicts();
  final Skew skew = new Skew();
  private final long start = System.nanoTime();
  private final long cpuStart = CpuTime.ofProcess();

  /** Seconds until Spark ran and the input was open, and CPU seconds of this process in them. */
  double startSeconds;

  double startCpuSeconds;

  /** Notes that all is open and the first window can be read. */
  void begins() {
    startSeconds = (System.nanoTime() - start) / 1e9;
    startCpuSeconds = (CpuTime.ofProcess() - cpuStart) / 1e9;
  }

  /** Whether every check passed, every sidecar was right, and ranges fit together. */
  boolean passed() {
    return checksFailed == 0 && sidecars.passed() && seams.passed();
  }

  void add(MergedWindow window) {
    MergeStatistics merge = window.statistics();
    conflictCount += window.conflicts().size();
    conflicts.add(window.conflicts());
    windows++;
    partitions += merge.partitions();
    acceptedWhole += merge.acceptedWhole();
    reruns += merge.reruns() + merge.roundUnits();
    rounds += merge.rounds();
    wastedGas += merge.wastedGas();
    validationNanos += merge.validationNanos();
    rerunNanos += merge.rerunNanos();
  }

  void add(FinishedBlockReport report) {
    blocks++;
    transactions += report.transactions();
    gas += report.gasUsed();
    throughput.add(System.nanoTime() - start, report.gasUsed());
    checksPassed += report.checksPassed();
    report.failures().forEach(this::addFailure);
  }

  void add(BlockCheck check) {
    if (check.passed()) {
      checksPassed++;
    } else {
      addFailure(check);
    }
  }

  private void addFailure(BlockCheck check) {
    checksFailed++;
    if (failures.size() < MAX_FAILURES) {
      failures.add(check);
    }
  }
}
