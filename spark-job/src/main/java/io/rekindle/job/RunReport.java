package io.rekindle.job;

import io.rekindle.evm.process.BlockCheck;
import io.rekindle.evm.word.Address;
import io.rekindle.job.TaskTimes.Phase;
import io.rekindle.job.archive.BlockSource.BlockRange;
import io.rekindle.job.output.GroupManifest.Failure;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a run has found. */
public final class RunReport {
  private static final int TOP_ACCOUNTS = 12;

  private final RunTotals totals;
  private final RunOutput output;
  private final BlockRange range;
  private final String title;
  private final double seconds;
  private final double cpuSeconds;
  private final Map<String, Phase> tasks;
  private String reportFile;

  /**
   * @param output null where no rows were wanted
   * @param range that was asked for
   * @param title what ran, in a line
   * @param nanos wall time
   * @param cpuNanos of the driver and all tasks
   */
  RunReport(
      RunTotals totals,
      RunOutput output,
      BlockRange range,
      String title,
      long nanos,
      long cpuNanos,
      Map<String, Phase> tasks) {
    this.totals = totals;
    this.output = output;
    this.range = range;
    this.title = title;
    this.seconds = nanos / 1e9;
    this.cpuSeconds = cpuNanos / 1e9;
    this.tasks = tasks;
  }

  /**
   * Whether every block passed every check, those included that earlier runs put in the tables, and
   * every sidecar was right.
   */
  public boolean passed() {
    return output == null ? totals.passed() : output.passed(totals);
  }

  /** Blocks that were finished. */
  public long blocks() {
    return totals.blocks;
  }

  /** Whether all of it was there already. */
  public boolean nothingToDo() {
    return totals.windows == 0;
  }

  /** Rounds in which stale units went back to executors. */
  public long rounds() {
    return totals.rounds;
  }

  void writtenTo(String file) {
    reportFile = file;
  }

  String title() {
    return title;
  }

  double seconds() {
    return seconds;
  }

  RunTotals totals() {
    return totals;
  }

  private double megagasPerSecond() {
    return totals.gas / 1e6 / seconds;
  }

  private double cpuSecondsPerGigagas() {
    return totals.gas == 0 ? 0 : cpuSeconds / (totals.gas / 1e9);
  }

  private double wastedPercent() {
    return totals.gas == 0 ? 0 : 100.0 * totals.wastedGas / totals.gas;
  }

  /** Time by phase: CPU time of tasks, and what the driver does between them. */
  Map<String, Double> phaseSeconds() {
    Map<String, Double> phases = new LinkedHashMap<>();
    tasks.forEach((name, phase) -> phases.put(name, phase.cpuNanos() / 1e9));
    phases.put("validate", totals.validationNanos / 1e9);
    phases.put("re-run", totals.rerunNanos / 1e9);
    phases.put("state roots", totals.rootNanos / 1e9);
    return phases;
  }

  List<Map.Entry<Address, Conflicts.Cost>> conflictsByAccount() {
    return totals.conflicts.top(TOP_ACCOUNTS);
  }

  /** The failed checks at hand, of this run and of what earlier ones have recorded. */
  List<Failure> failures() {
    List<Failure> failures =
        new ArrayList<>(output == null ? List.of() : output.committedFailures());
    for (BlockCheck check : totals.failures) {
      Failure failure = Failure.of(check);
      if (!failures.contains(failure)) {
        failures.add(failure);
      }
    }
    return failures;
  }

  /** The figures that matter most, each with its name. */
  Map<String, String> figures() {
    Map<String, String> figures = new LinkedHashMap<>();
    figures.put("blocks", format("%,d", totals.blocks));
    figures.put("transactions", format("%,d", totals.transactions));
    figures.put("gas", format("%,d", totals.gas));
    figures.put("time", Progress.duration(seconds));
    figures.put("Mgas/s", format("%.1f", megagasPerSecond()));
    figures.put("CPU s per Ggas", format("%.1f", cpuSecondsPerGigagas()));
    figures.put("gas wasted", format("%.1f %%", wastedPercent()));
    figures.put("checks passed", format("%,d", totals.checksPassed));
    figures.put("checks failed", format("%,d", totals.checksFailed));
    return figures;
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }

  public void print(PrintWriter out) {
    out.print(text());
    out.flush();
  }

  /** The summary, for people. */
  public String text() {
    List<String> lines = new ArrayList<>();
    failures().forEach(failure -> lines.add(failure.asCheck().toString()));
    if (output != null) {
      lines.addAll(output.problems());
    }
    if (nothingToDo()) {
      lines.add("nothing to do: " + range + " are in the tables already");
    } else {
      addFigures(lines);
    }
    if (output != null) {
      if (output.committed().blocks() != totals.blocks) {
        lines.add(
            format(
                "the tables hold %,d blocks, %,d transactions, %,d failed checks",
                output.committed().blocks(),
                output.committed().transactions(),
                output.committed().checksFailed()));
      }
      lines.add("tables in " + output.place());
    }
    if (reportFile != null) {
      lines.add("report in " + reportFile);
    }
    return String.join(System.lineSeparator(), lines) + System.lineSeparator();
  }

  private void addFigures(List<String> lines) {
    lines.add(
        format(
            "%,d blocks, %,d transactions, %,d gas in %.1f s (%.1f Mgas/s, %.1f CPU seconds per Ggas)",
            totals.blocks,
            totals.transactions,
            totals.gas,
            seconds,
            megagasPerSecond(),
            cpuSecondsPerGigagas()));
    lines.add(
        format(
            "%,d windows, %,d partitions, %,d accepted whole, %,d conflicts, %,d units re-run in"
                + " %,d rounds, %,d gas wasted (%.1f %%)",
            totals.windows,
            totals.partitions,
            totals.acceptedWhole,
            totals.conflictCount,
            totals.reruns,
            totals.rounds,
            totals.wastedGas,
            wastedPercent()));
    if (totals.unlisted.count() > 0) {
      lines.add(totals.unlisted.toString());
    }
    totals.notes.forEach(note -> lines.add("note: " + note));
    lines.addAll(totals.sidecars.lines());
    lines.addAll(totals.seams.lines());
    List<String> phases = new ArrayList<>();
    phaseSeconds().forEach((name, time) -> phases.add(format("%s %.1f s", name, time)));
    lines.add("CPU time: " + String.join(", ", phases));
    lines.add(format("%,d checks passed, %,d failed", totals.checksPassed, totals.checksFailed));
  }

  /** The summary, for programs: maps, lists and numbers. */
  public Map<String, Object> json() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("passed", passed());
    json.put("nothing_to_do", nothingToDo());
    json.put("first_block", range.first());
    json.put("last_block", range.last());
    json.put("blocks", totals.blocks);
    json.put("transactions", totals.transactions);
    json.put("gas", totals.gas);
    json.put("seconds", seconds);
    json.put("mgas_per_second", megagasPerSecond());
    json.put("cpu_seconds", cpuSeconds);
    json.put("start_seconds", totals.startSeconds);
    json.put("start_cpu_seconds", totals.startCpuSeconds);
    json.put("cpu_seconds_per_ggas", cpuSecondsPerGigagas());
    json.put("windows", totals.windows);
    json.put("partitions", totals.partitions);
    json.put("partitions_accepted_whole", totals.acceptedWhole);
    json.put("largest_skew", totals.skew.worst());
    json.put("conflicts", totals.conflictCount);
    json.put("units_rerun", totals.reruns);
    json.put("rounds", totals.rounds);
    json.put("wasted_gas", totals.wastedGas);
    json.put("notes", totals.notes);
    json.put("sidecars", totals.sidecars.lines());
    json.put("seams", totals.seams.lines());
    json.put("unlisted_reads", totals.unlisted.count());
    json.put("checks_passed", totals.checksPassed);
    json.put("checks_failed", totals.checksFailed);
    json.put("failures", failures());
    json.put("phase_cpu_seconds", phaseSeconds());
    List<Map<String, Object>> accounts = new ArrayList<>();
    for (Map.Entry<Address, Conflicts.Cost> account : conflictsByAccount()) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("address", account.getKey().toString());
      entry.put("conflicts", account.getValue().conflicts());
      entry.put("wasted_gas", account.getValue().wastedGas());
      accounts.add(entry);
    }
    json.put("conflicts_by_account", accounts);
    json.put("tables", output == null ? null : output.place());
    json.put("table_problems", output == null ? List.of() : output.problems());
    json.put("committed", output == null ? null : output.committed());
    json.put("report", reportFile);
    return json;
  }
}
