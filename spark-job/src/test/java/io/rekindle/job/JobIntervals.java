package io.rekindle.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.scheduler.JobSucceeded$;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerJobStart;

/**
 * When Spark's jobs of each group ran. Spark makes it itself, where the property {@code
 * spark.extraListeners} names it, so what it heard is kept in the class.
 */
public final class JobIntervals extends SparkListener {
  private static final String PROPERTY = "spark.extraListeners";
  private static final Map<Integer, Job> JOBS = new ConcurrentHashMap<>();

  /**
   * A job.
   *
   * @param group without the prefix that all of ours have
   * @param what the blocks it is about
   * @param start in milliseconds
   * @param end in milliseconds; before it has ended the largest number
   * @param succeeded whether it ended by itself
   */
  record Job(String group, String what, long start, long end, boolean succeeded) {}

  /** Something that runs on Spark. */
  @FunctionalInterface
  interface Run {
    void run() throws Exception;
  }

  /** The jobs of a run, by their starts. */
  static List<Job> of(Run run) throws Exception {
    JOBS.clear();
    System.setProperty(PROPERTY, JobIntervals.class.getName());
    try {
      run.run();
    } finally {
      System.clearProperty(PROPERTY);
    }
    List<Job> jobs = new ArrayList<>(JOBS.values());
    jobs.sort((a, b) -> Long.compare(a.start(), b.start()));
    return jobs;
  }

  /** The largest number of jobs of a group that were there at one time. */
  static int mostAtOnce(List<Job> jobs, String group) {
    List<Job> own = jobs.stream().filter(job -> job.group().equals(group)).toList();
    return (int)
        own.stream()
            .mapToLong(
                job ->
                    own.stream()
                        .filter(other -> other.start() <= job.start() && job.start() < other.end())
                        .count())
            .max()
            .orElse(0);
  }

  @Override
  public void onJobStart(SparkListenerJobStart start) {
    String group = start.properties().getProperty("spark.jobGroup.id", "");
    String what = start.properties().getProperty("spark.job.description", "");
    JOBS.put(
        start.jobId(),
        new Job(group.replace("rekindle-", ""), what, start.time(), Long.MAX_VALUE, false));
  }

  @Override
  public void onJobEnd(SparkListenerJobEnd end) {
    JOBS.computeIfPresent(
        end.jobId(),
        (id, job) ->
            new Job(
                job.group(),
                job.what(),
                job.start(),
                end.time(),
                JobSucceeded$.MODULE$.equals(end.jobResult())));
  }
}
