package io.rekindle.job;

import io.rekindle.evm.process.BlockCheck;
import io.rekindle.merge.MergeStatistics;
import java.util.ArrayList;
import java.util.List;

/** What a run has done so far. */
final class RunTotals {
  long blocks;
  long transactions;
  long gas;
  long checksPassed;
  final List<BlockCheck> failures = new ArrayList<>();
  int windows;
  int partitions;
  int acceptedWhole;
  long reruns;
  long rounds;
  long wastedGas;
  long validationNanos;
  long rerunNanos;
  long executeNanos;
  long rootNanos;

  void add(MergeStatistics merge) {
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
    checksPassed += report.checksPassed();
    failures.addAll(report.failures());
  }
}
