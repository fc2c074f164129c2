package io.rekindle.job;

import io.rekindle.evm.process.BlockCheck;
import io.rekindle.evm.process.BlockRule;
import io.rekindle.job.table.Took;
import io.rekindle.job.window.BlockFinisher.FinishedBlock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What the driver is told of a finished block.
 *
 * @param failures the checks that failed
 * @param took what finishing it took
 */
record FinishedBlockReport(
    long block,
    int transactions,
    long gasUsed,
    int checksPassed,
    List<BlockCheck> failures,
    Took took) {
  static FinishedBlockReport of(long number, Took start, FinishedBlock block) {
    List<BlockCheck> failures = block.checks().stream().filter(check -> !check.passed()).toList();
    return new FinishedBlockReport(
        number,
        block.assembled() == null ? 0 : block.assembled().receipts().size(),
        block.assembled() == null ? 0 : block.assembled().gasUsed(),
        block.checks().size() - failures.size(),
        failures,
        Took.since(start));
  }

  byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeLong(block);
      out.writeInt(transactions);
      out.writeLong(gasUsed);
      out.writeInt(checksPassed);
      out.writeInt(failures.size());
      for (BlockCheck failure : failures) {
        out.writeUTF(failure.rule().name());
        out.writeUTF(failure.expected());
        out.writeUTF(failure.actual());
      }
      took.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static FinishedBlockReport ofBytes(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      long block = in.readLong();
      int transactions = in.readInt();
      long gasUsed = in.readLong();
      int checksPassed = in.readInt();
      int count = in.readInt();
      List<BlockCheck> failures = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        BlockRule rule = BlockRule.valueOf(in.readUTF());
        failures.add(new BlockCheck(block, rule, in.readUTF(), in.readUTF(), false));
      }
      return new FinishedBlockReport(
          block, transactions, gasUsed, checksPassed, failures, Took.read(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
