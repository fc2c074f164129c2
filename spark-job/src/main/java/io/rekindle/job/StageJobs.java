package io.rekindle.job;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import scala.Function2;
import scala.collection.Iterator;
import scala.reflect.ClassTag$;

/**
 * Runs Spark jobs of one stage, whose tasks give flat bytes. The stages of a window are short, and
 * of the usual {@code map} and {@code collect} the driver pays more for each job than for its
 * tasks: Spark reads the bytecode of its own context to clean its closures, and walks the stack to
 * name its stages. Here the one function is of a class, which needs no cleaning, and stages are
 * named after what they do.
 */
final class StageJobs {
  private static final String SHORT_NAME = "callSite.short";
  private static final String LONG_NAME = "callSite.long";

  private final JavaSparkContext spark;

  StageJobs(JavaSparkContext spark) {
    this.spark = spark;
  }

  /**
   * What tasks do.
   *
   * @param <T> what they are given
   */
  @FunctionalInterface
  interface Work<T> extends Serializable {
    void run(T input, Consumer<byte[]> results);
  }

  /** A task's work over all that it is given. */
  private record TaskBody<T>(Work<T> work)
      implements Function2<TaskContext, Iterator<T>, byte[][]>, Serializable {
    @Override
    public byte[][] apply(TaskContext task, Iterator<T> inputs) {
      List<byte[]> results = new ArrayList<>();
      while (inputs.hasNext()) {
        work.run(inputs.next(), results::add);
      }
      return results.toArray(new byte[0][]);
    }
  }

  /** A job of tasks that are given their numbers. */
  List<byte[]> run(String stage, String what, int tasks, Work<Integer> work) {
    return run(stage, what, IntStream.range(0, tasks).boxed().toList(), tasks, work);
  }

  /**
   * A job.
   *
   * @param what it works on, for people
   * @param inputs of the tasks, which go through Kryo
   * @param tasks that the inputs are divided among, in order
   * @return the results in the order of the inputs
   */
  <T> List<byte[]> run(String stage, String what, List<T> inputs, int tasks, Work<T> work) {
    String name = stage + " " + what;
    spark.setJobGroup("rekindle-" + stage, name);
    spark.setLocalProperty(SHORT_NAME, name);
    spark.setLocalProperty(LONG_NAME, name);
    try {
      byte[][][] results =
          (byte[][][])
              spark
                  .sc()
                  .runJob(
                      spark.parallelize(inputs, tasks).rdd(),
                      new TaskBody<>(work),
                      ClassTag$.MODULE$.apply(byte[][].class));
      return Arrays.stream(results).flatMap(Arrays::stream).toList();
    } finally {
      spark.setLocalProperty(SHORT_NAME, null);
      spark.setLocalProperty(LONG_NAME, null);
    }
  }
}
