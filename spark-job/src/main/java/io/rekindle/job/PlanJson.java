package io.rekindle.job;

import io.rekindle.job.PlannedWindow.Planned;
import io.rekindle.partitioner.CutKey;
import io.rekindle.partitioner.HintQuality;
import io.rekindle.partitioner.PartitionPlan;
import io.rekindle.partitioner.PlanReport.LevelReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A {@link PlanStudy} for programs. */
final class PlanJson {
  private final PlanStudy study;

  PlanJson(PlanStudy study) {
    this.study = study;
  }

  Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("cores", study.choice().cores());
    json.put("hints", study.choice().hints().name().toLowerCase(Locale.ROOT));
    json.put("level", study.choice().level().name().toLowerCase(Locale.ROOT));
    json.put("windows", study.windows().stream().map(this::json).toList());
    json.put("gas", study.gas());
    List<Map<String, Object>> totals = new ArrayList<>();
    for (int i = 0; i < study.choice().strategies().size(); i++) {
      PlanStudy.Sum sum = study.sum(i);
      Map<String, Object> total = new LinkedHashMap<>();
      total.put("strategy", study.choice().strategies().get(i));
      total.put("makespan", sum.predicted());
      total.put("executed_makespan", sum.executed());
      total.put("rerun_gas", sum.reruns());
      total.put("executed_rerun_gas", sum.wasted());
      totals.add(total);
    }
    json.put("plans", totals);
    return json;
  }

  private Map<String, Object> json(PlannedWindow window) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("first_block", window.range().first());
    json.put("last_block", window.range().last());
    json.put("units", window.report().units());
    json.put("gas", window.gas());
    json.put("plans", window.plans().stream().map(plan -> json(plan, window.gas())).toList());
    json.put("hints", json(window.report().quality()));
    json.put("slot", json(window.report().slots()));
    json.put("account", json(window.report().accounts()));
    return json;
  }

  private Map<String, Object> json(Planned planned, long gas) {
    PartitionPlan plan = planned.plan();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("strategy", plan.strategy());
    json.put("partitions", plan.partitions());
    json.put("longest_partition", plan.longestPartition());
    json.put("makespan", plan.makespan());
    json.put("efficiency", study.efficiency(gas, plan.makespan()));
    json.put("rerun_gas", plan.rerunCost());
    json.put("executed_makespan", planned.merged() == null ? null : planned.executedMakespan());
    json.put("executed_rerun_gas", planned.merged() == null ? null : planned.wastedGas());
    json.put("cut_keys", plan.cutKeys().stream().map(PlanJson::json).toList());
    return json;
  }

  private static Map<String, Object> json(CutKey cut) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("address", cut.key().address().toString());
    json.put(
        "kind",
        cut.key().kind() == null ? "account" : cut.key().kind().name().toLowerCase(Locale.ROOT));
    json.put("slot", cut.key().slot() == null ? null : cut.key().slot().toHex());
    json.put("units", cut.degree());
    json.put("rerun_gas", cut.rerunCost());
    return json;
  }

  private static Map<String, Object> json(HintQuality quality) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("slot_write_precision", quality.slotWrites().precision());
    json.put("slot_write_recall", quality.slotWrites().recall(quality.observedSlotWrites()));
    json.put("slot_precision", quality.slotReads().precision());
    json.put("slot_recall", quality.slotReads().recall(quality.observedSlotReads()));
    new TreeMap<>(quality.sources())
        .forEach(
            (source, score) -> {
              json.put(source.name().toLowerCase(Locale.ROOT) + "_hints", score.expected());
              json.put(source.name().toLowerCase(Locale.ROOT) + "_precision", score.precision());
            });
    return json;
  }

  private static Map<String, Object> json(LevelReport level) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("clusters", level.clusters());
    json.put("largest_cluster", level.largestCluster());
    json.put("critical_path", level.criticalPath());
    json.put("conflicting_keys", level.conflictingKeys());
    json.put("scales", level.scales());
    return json;
  }
}
