package io.rekindle.job.table;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * What a window took. Times are nanoseconds; CPU times of work on executors are the sum over their
 * tasks.
 *
 * @param partitions that were executed
 * @param acceptedWhole partitions of which no unit was looked at
 * @param largestPartition CPU time of the partition that took most
 * @param skew that time over the mean of all partitions
 * @param reruns units that were executed again, on the driver or in rounds
 * @param broadcast bytes shipped to executors for the window: blocks and state
 * @param collected bytes that executors handed over
 */
public record WindowFacts(
    long firstBlock,
    long lastBlock,
    int units,
    long gas,
    long wastedGas,
    int partitions,
    int acceptedWhole,
    long largestPartition,
    double skew,
    int reruns,
    int rounds,
    Took decode,
    Took plan,
    Took execute,
    Took merge,
    Took roots,
    Took finish,
    long broadcast,
    long collected) {
  void write(DataOutputStream out) throws IOException {
    out.writeLong(firstBlock);
    out.writeLong(lastBlock);
    out.writeInt(units);
    out.writeLong(gas);
    out.writeLong(wastedGas);
    out.writeInt(partitions);
    out.writeInt(acceptedWhole);
    out.writeLong(largestPartition);
    out.writeDouble(skew);
    out.writeInt(reruns);
    out.writeInt(rounds);
    for (Took took : new Took[] {decode, plan, execute, merge, roots, finish}) {
      took.write(out);
    }
    out.writeLong(broadcast);
    out.writeLong(collected);
  }

  static WindowFacts read(DataInputStream in) throws IOException {
    return new WindowFacts(
        in.readLong(),
        in.readLong(),
        in.readInt(),
        in.readLong(),
        in.readLong(),
        in.readInt(),
        in.readInt(),
        in.readLong(),
        in.readDouble(),
        in.readInt(),
        in.readInt(),
        Took.read(in),
        Took.read(in),
        Took.read(in),
        Took.read(in),
        Took.read(in),
        Took.read(in),
        in.readLong(),
        in.readLong());
  }
}
