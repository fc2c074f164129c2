package io.rekindle.job;

import io.rekindle.job.PlannedWindow.Planned;
import io.rekindle.partitioner.CutKey;
import io.rekindle.partitioner.HintQuality;
import io.rekindle.partitioner.HintSource;
import io.rekindle.partitioner.PartitionPlan;
import io.rekindle.partitioner.PlanReport;
import io.rekindle.partitioner.PlanReport.LevelReport;
import io.rekindle.partitioner.PlanReport.Scale;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** A {@link PlanStudy} for people. */
final class PlanText {
  private static final int CUTS_SHOWN = 5;

  private final PlanStudy study;
  private final List<String> lines = new ArrayList<>();

  PlanText(PlanStudy study) {
    this.study = study;
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }

  String text() {
    for (PlannedWindow window : study.windows()) {
      lines.add(
          format("%s: %,d units, %,d gas", window.range(), window.report().units(), window.gas()));
      window.plans().forEach(plan -> addPlan(plan, window.gas()));
      addQuality(window.report().quality());
      addLevels(window.report());
      lines.add("");
    }
    addTotals();
    return String.join(System.lineSeparator(), lines) + System.lineSeparator();
  }

  private void addPlan(Planned planned, long gas) {
    PartitionPlan plan = planned.plan();
    lines.add(
        format(
            "  %s on %d cores: %d partitions, efficiency %.3f predicted%s; gas run twice %.1f %%"
                + " predicted%s; %,d keys cut",
            plan.strategy(),
            study.choice().cores(),
            plan.partitions(),
            study.efficiency(gas, plan.makespan()),
            planned.merged() == null
                ? ""
                : format(", %.3f executed", study.efficiency(gas, planned.executedMakespan())),
            100 * PlanStudy.share(plan.rerunCost(), gas),
            planned.merged() == null
                ? ""
                : format(", %.1f %% executed", 100 * PlanStudy.share(planned.wastedGas(), gas)),
            plan.cutKeys().size()));
    for (CutKey cut : shown(plan.cutKeys())) {
      lines.add(
          format(
              "    cut %s: %,d units, %.1f %% of the gas run twice",
              cut.key(), cut.degree(), 100 * PlanStudy.share(cut.rerunCost(), gas)));
    }
  }

  /** Those that cost most. */
  private static List<CutKey> shown(List<CutKey> cuts) {
    return cuts.stream()
        .sorted(Comparator.comparingLong(CutKey::rerunCost).reversed())
        .limit(CUTS_SHOWN)
        .toList();
  }

  private void addQuality(HintQuality quality) {
    lines.add(
        format(
            "  hints: slot writes %.3f right, %.3f of them found; slots %.3f right, %.3f found",
            quality.slotWrites().precision(),
            quality.slotWrites().recall(quality.observedSlotWrites()),
            quality.slotReads().precision(),
            quality.slotReads().recall(quality.observedSlotReads())));
    new TreeMap<>(quality.sources())
        .forEach(
            (source, score) ->
                lines.add(
                    format(
                        "    of %s: %,d, %.3f right",
                        name(source), score.expected(), score.precision())));
  }

  private static String name(HintSource source) {
    return source.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private void addLevels(PlanReport report) {
    for (LevelReport level : List.of(report.slots(), report.accounts())) {
      lines.add(
          format(
              "  keys by %s: %,d clusters, the largest %.1f %% of the gas; critical path %,d gas,"
                  + " %.1f %%; %,d keys in conflict",
              level.level().name().toLowerCase(Locale.ROOT),
              level.clusters(),
              100 * PlanStudy.share(level.largestCluster(), report.totalCost()),
              level.criticalPath(),
              100 * PlanStudy.share(level.criticalPath(), report.totalCost()),
              level.conflictingKeys()));
    }
    addScales(report.totalCost(), report.slots().scales(), report.accounts().scales());
  }

  private void addScales(long gas, List<Scale> slots, List<Scale> accounts) {
    lines.add("         by slot                           by account");
    lines.add("  cores  makespan     uncut  efficiency    makespan     uncut  efficiency");
    for (int i = 0; i < slots.size(); i++) {
      lines.add(
          format(
              "  %5d  %s    %s",
              slots.get(i).cores(), scale(slots.get(i), gas), scale(accounts.get(i), gas)));
    }
  }

  private static String scale(Scale scale, long gas) {
    return format(
        "%6.2f %%  %6.2f %%  %10.3f",
        100 * PlanStudy.share(scale.makespan(), gas),
        100 * PlanStudy.share(scale.uncutMakespan(), gas),
        scale.efficiency());
  }

  /** Windows run one after another, so that their makespans add up. */
  private void addTotals() {
    long gas = study.gas();
    int windows = study.windows().size();
    lines.add(
        windows == 1
            ? format("1 window: %,d gas", gas)
            : format("all %d windows, one after another: %,d gas", windows, gas));
    for (int i = 0; i < study.choice().strategies().size(); i++) {
      PlanStudy.Sum sum = study.sum(i);
      lines.add(
          format(
              "  %s on %d cores: efficiency %.3f predicted, %.3f executed; gas run twice %.1f %%"
                  + " predicted, %.1f %% executed",
              study.choice().strategies().get(i),
              study.choice().cores(),
              study.efficiency(gas, sum.predicted()),
              study.efficiency(gas, sum.executed()),
              100 * PlanStudy.share(sum.reruns(), gas),
              100 * PlanStudy.share(sum.wasted(), gas)));
    }
    if (!study.windows().isEmpty()) {
      addScales(gas, study.scales(PlanReport::slots), study.scales(PlanReport::accounts));
    }
  }
}
