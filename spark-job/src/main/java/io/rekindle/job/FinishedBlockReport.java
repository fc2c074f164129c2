package io.rekindle.job;

import io.rekindle.evm.process.BlockCheck;
import io.rekindle.job.table.Took;
import io.rekindle.job.window.BlockFinisher.FinishedBlock;
import io.rekindle.job.window.CheckCodec;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * What the driver is told of a finished block.
 *
 * @param valid whether every unit of the block was valid and fitted it
 * @param checks all that the block was held against, passed or not
 * @param took what finishing it took
 */
record FinishedBlockReport(
    long block, boolean valid, int transactions, long gasUsed, List<BlockCheck> checks, Took took) {
  static FinishedBlockReport of(long number, Took start, FinishedBlock block) {
    return new FinishedBlockReport(
        number,
        block.assembled() != null,
        block.assembled() == null ? 0 : block.assembled().receipts().size(),
        block.assembled() == null ? 0 : block.assembled().gasUsed(),
        block.checks(),
        Took.since(start));
  }

  /** The checks that failed. */
  List<BlockCheck> failures() {
    return checks.stream().filter(check -> !check.passed()).toList();
  }

  int checksPassed() {
    return checks.size() - failures().size();
  }

  byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeLong(block);
      out.writeBoolean(valid);
      out.writeInt(transactions);
      out.writeLong(gasUsed);
      CheckCodec.write(checks, out);
      took.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static FinishedBlockReport ofBytes(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      long block = in.readLong();
      return new FinishedBlockReport(
          block,
          in.readBoolean(),
          in.readInt(),
          in.readLong(),
          CheckCodec.read(block, in),
          Took.read(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
