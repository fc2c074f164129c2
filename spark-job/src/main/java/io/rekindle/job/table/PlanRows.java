package io.rekindle.job.table;

import static io.rekindle.job.table.RowOutput.text;

import io.rekindle.merge.StateKey;
import io.rekindle.partitioner.HintSource;
import java.util.Locale;

/** The rows of one block that tell of order and plan: dependencies, conflicts, windows. */
final class PlanRows {
  private PlanRows() {}

  static void write(RowTask task, int firstIndex, RowOutput rows) {
    if (rows.wants(Table.DEPENDENCIES)) {
      for (int unit = 0; unit < task.facts().size(); unit++) {
        for (Dependency dependency : task.facts().get(unit).dependencies()) {
          add(rows, firstIndex + unit, dependency);
        }
      }
    }
    for (ConflictFacts conflict : task.conflicts()) {
      add(rows, conflict);
    }
    if (task.window() != null) {
      add(rows, task.window());
    }
  }

  /**
   * @param reader the block access index of the unit that depends
   */
  static void add(RowOutput rows, int reader, Dependency dependency) {
    StateKey key = dependency.key();
    rows.add(
        Table.DEPENDENCIES,
        rows.blockNumber(),
        reader,
        dependency.writerBlock(),
        dependency.writerIndex(),
        rows.encoding().address(key.address()),
        rows.encoding().word(key.slot()),
        kind(key),
        dependency.semantic());
  }

  private static Object kind(StateKey key) {
    return text(lowerCase(key.kind()));
  }

  private static String lowerCase(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static void add(RowOutput rows, ConflictFacts conflict) {
    StateKey key = conflict.key();
    boolean written = conflict.writerBlock() >= 0;
    boolean known = key.kind() != StateKey.Kind.UNKNOWN;
    HintSource source = conflict.fault().source();
    rows.add(
        Table.CONFLICTS,
        rows.blockNumber(),
        conflict.reader(),
        written ? conflict.writerBlock() : null,
        written ? conflict.writerIndex() : null,
        known ? rows.encoding().address(key.address()) : null,
        rows.encoding().word(key.slot()),
        kind(key),
        true,
        conflict.wastedGas(),
        text(lowerCase(conflict.fault().cause())),
        text(source == null ? "none" : lowerCase(source)));
  }

  private static void add(RowOutput rows, WindowFacts window) {
    rows.add(
        Table.WINDOWS,
        window.firstBlock(),
        window.lastBlock(),
        window.units(),
        window.gas(),
        window.wastedGas(),
        window.partitions(),
        window.acceptedWhole(),
        window.largestPartition(),
        window.skew(),
        window.reruns(),
        window.rounds(),
        window.decode().wall(),
        window.decode().cpu(),
        window.plan().wall(),
        window.plan().cpu(),
        window.execute().wall(),
        window.execute().cpu(),
        window.merge().wall(),
        window.merge().cpu(),
        window.roots().wall(),
        window.roots().cpu(),
        window.finish().wall(),
        window.finish().cpu(),
        window.broadcast(),
        window.collected());
  }
}
