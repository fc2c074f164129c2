package io.rekindle.job;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** The time that tasks took, by phase: the job group in which they ran, without its prefix. */
final class TaskTimes extends SparkListener {
  private static final String GROUP = "spark.jobGroup.id";
  private static final String PREFIX = "rekindle-";

  /**
   * Time of all tasks of a phase.
   *
   * @param cpuNanos that they ran
   * @param wallNanos from their starts to their ends, each counted
   */
  record Phase(long tasks, long cpuNanos, long wallNanos) {
    Phase plus(Phase more) {
      return new Phase(tasks + more.tasks, cpuNanos + more.cpuNanos, wallNanos + more.wallNanos);
    }
  }

  private final Map<Integer, String> phaseOfStage = new ConcurrentHashMap<>();
  private final Map<String, Phase> phases = new ConcurrentHashMap<>();

  @Override
  public void onStageSubmitted(SparkListenerStageSubmitted stage) {
    String group = stage.properties() == null ? null : stage.properties().getProperty(GROUP);
    if (group != null && group.startsWith(PREFIX)) {
      phaseOfStage.put(stage.stageInfo().stageId(), group.substring(PREFIX.length()));
    }
  }

  @Override
  public void onStageCompleted(SparkListenerStageCompleted stage) {
    phaseOfStage.remove(stage.stageInfo().stageId());
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd task) {
    String phase = phaseOfStage.get(task.stageId());
    TaskMetrics metrics = task.taskMetrics();
    if (phase != null && metrics != null) {
      long cpu = metrics.executorCpuTime() + metrics.executorDeserializeCpuTime();
      long wall = (metrics.executorRunTime() + metrics.executorDeserializeTime()) * 1_000_000;
      phases.merge(phase, new Phase(1, cpu, wall), Phase::plus);
    }
  }

  /** All phases so far, by name. */
  Map<String, Phase> phases() {
    return new TreeMap<>(phases);
  }

  long cpuNanos() {
    return phases.values().stream().mapToLong(Phase::cpuNanos).sum();
  }
}
