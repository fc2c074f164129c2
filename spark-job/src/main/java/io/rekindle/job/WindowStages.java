package io.rekindle.job;

import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import io.rekindle.job.archive.ArchivedBlock;
import io.rekindle.job.archive.BlockSplit;
import io.rekindle.job.table.Took;
import io.rekindle.job.window.BlockFinisher;
import io.rekindle.job.window.FinishTask;
import io.rekindle.job.window.WindowBlock;
import io.rekindle.job.window.WindowBlocks;
import io.rekindle.merge.UnitRun;
import io.rekindle.snapshot.Snapshot;
import io.rekindle.snapshot.SnapshotCodec;
import io.rekindle.snapshot.SnapshotDelta;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** The Spark stages of a window, each a job with a name of its own in Spark's UI. */
final class WindowStages {
  private final JavaSparkContext spark;
  private final StageJobs jobs;

  WindowStages(JavaSparkContext spark) {
    this.spark = spark;
    this.jobs = new StageJobs(spark);
  }

  /** Reads blocks and recovers the senders of their transactions, a task a split. */
  List<DecodedBlock> decode(List<BlockSplit> splits, String what) {
    return jobs.run("decode", what, splits.size(), (i, out) -> decode(splits.get(i), out)).stream()
        .map(DecodedBlock::ofBytes)
        .toList();
  }

  private static void decode(BlockSplit split, Consumer<byte[]> results) {
    Iterator<ArchivedBlock> blocks = split.read();
    while (blocks.hasNext()) {
      Took start = Took.now();
      results.accept(DecodedBlock.of(blocks.next(), start).toBytes());
    }
  }

  /** Adds up the difficulties of blocks, a task a split. */
  UInt256 difficulty(List<BlockSplit> splits, String what) {
    return jobs
        .run(
            "difficulty",
            what,
            splits.size(),
            (i, out) -> out.accept(difficulty(splits.get(i).read()).toBytes()))
        .stream()
        .map(UInt256::ofBytes)
        .reduce(UInt256.ZERO, UInt256::add);
  }

  private static UInt256 difficulty(Iterator<ArchivedBlock> blocks) {
    UInt256 sum = UInt256.ZERO;
    while (blocks.hasNext()) {
      sum = sum.add(blocks.next().block().header().difficulty());
    }
    return sum;
  }

  /** Ships a window's blocks. */
  Broadcast<byte[]> broadcast(List<byte[]> before, List<WindowBlock> blocks) {
    return spark.broadcast(WindowBlocks.encode(before, blocks));
  }

  /** Ships sidecars. */
  Broadcast<byte[]> broadcast(WindowSidecarBytes sidecars) {
    return spark.broadcast(sidecars.bytes());
  }

  /** Ships a snapshot. */
  SnapshotRef broadcast(Snapshot snapshot) {
    return new SnapshotRef(
        List.of(spark.broadcast(bytes(out -> new SnapshotCodec().write(snapshot, out)))));
  }

  /** Ships a snapshot that is flat already. */
  SnapshotRef ship(byte[] snapshot) {
    return new SnapshotRef(List.of(spark.broadcast(snapshot)));
  }

  /** Ships what changed since the last snapshot. */
  SnapshotRef broadcast(SnapshotRef base, SnapshotDelta delta) {
    return base.plus(spark.broadcast(bytes(out -> new SnapshotCodec().write(delta, out))));
  }

  @FunctionalInterface
  private interface Writing {
    void to(ByteArrayOutputStream out) throws IOException;
  }

  private static byte[] bytes(Writing writing) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      writing.to(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** Gives blocks the states that their witnesses prove, a task a block. */
  List<DecodedBlock> readWitnesses(List<WitnessTask> tasks, String what) {
    return jobs
        .run("witness", what, tasks.size(), (i, out) -> out.accept(tasks.get(i).withState()))
        .stream()
        .map(DecodedBlock::ofBytes)
        .toList();
  }

  /**
   * The state roots after blocks, by their witnesses, a task a block.
   *
   * @param finished each a {@link FinishTask} in flat form
   */
  List<Hash> witnessRoots(List<WitnessTask> tasks, List<byte[]> finished, String what) {
    return jobs
        .run(
            "witness roots",
            what,
            tasks.size(),
            (i, out) -> out.accept(tasks.get(i).rootAfter(finished.get(i))))
        .stream()
        .map(Hash::ofBytes)
        .toList();
  }

  /** Executes partitions, small ones in one task; the results in the same order. */
  List<ExecutedPartition> execute(List<PartitionTask> partitions, String what) {
    List<List<PartitionTask>> tasks = PartitionTask.together(partitions);
    return jobs
        .run(
            "execute",
            what,
            tasks.size(),
            (i, out) -> tasks.get(i).forEach(partition -> out.accept(partition.execute())))
        .stream()
        .map(ExecutedPartition::ofBytes)
        .toList();
  }

  /** Executes stale units again, a task a partition. */
  List<UnitRun> executeAgain(List<RoundTask> tasks, String what) {
    return jobs
        .run("round", what, tasks.size(), (i, out) -> out.accept(tasks.get(i).execute()))
        .stream()
        .flatMap(bytes -> RoundTask.runs(bytes).stream())
        .toList();
  }

  /**
   * Finishes blocks on executors: receipts and header checks.
   *
   * @param blocks each a {@link FinishTask} in flat form
   */
  List<FinishedBlockReport> finish(
      List<WindowTask> windows, List<byte[]> blocks, int tasks, String what) {
    return jobs
        .run(
            "finish",
            what,
            blocks,
            Math.max(1, Math.min(tasks, blocks.size())),
            (block, out) -> out.accept(finish(windows, FinishTask.decodeReceipts(block)).toBytes()))
        .stream()
        .map(FinishedBlockReport::ofBytes)
        .toList();
  }

  private static FinishedBlockReport finish(List<WindowTask> windows, FinishTask task) {
    Took start = Took.now();
    WindowBlocks window = windows.get(task.window()).window();
    return FinishedBlockReport.of(
        window.block(task.block()).header().number(),
        start,
        BlockFinisher.finish(window, task.block(), task.outcomes(), task.stateRoots()));
  }
}
