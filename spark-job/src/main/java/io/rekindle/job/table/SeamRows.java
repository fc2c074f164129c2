package io.rekindle.job.table;

import io.rekindle.job.table.OpenReads.Read;
import io.rekindle.job.table.OpenReads.Reader;
import io.rekindle.merge.StateKey;
import io.rekindle.merge.wire.WireReader;
import io.rekindle.merge.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * The rows of the table of dependencies whose reader is in one range of a run and whose writer is
 * in another before it. They come after the others, once the ranges before have ended.
 */
public final class SeamRows {
  private static final int ROWS_PER_PART = 100_000;

  private final List<DependencyTracker> before;
  private final List<byte[]> parts = new ArrayList<>();
  private WireWriter part = new WireWriter();
  private int rows;

  private SeamRows(List<DependencyTracker> before) {
    this.before = before;
  }

  /**
   * Finds the writers.
   *
   * @param openReads as {@link DependencyTracker#takeOpenReads} gave them
   * @param before what has seen the units of the ranges before, at their ends, the last one first
   * @return the rows in flat form, in parts for {@link #write}; none where there is no writer
   */
  public static List<byte[]> of(byte[] openReads, List<DependencyTracker> before) {
    SeamRows seam = new SeamRows(before);
    for (WireReader in = new WireReader(openReads); !in.atEnd(); ) {
      Reader reader = Reader.read(in);
      List<Dependency> found = new ArrayList<>();
      for (Read read = Read.next(in); read != null; read = Read.next(in)) {
        seam.search(reader, read, found);
      }
      seam.add(reader, found);
    }
    seam.endPart();
    return seam.parts;
  }

  private void search(Reader reader, Read read, List<Dependency> found) {
    long start = DependencyTracker.firstPlace(reader.block());
    for (DependencyTracker tracker : before) {
      long place = tracker.lastWriter(reader, read);
      if (place >= start) {
        StateKey key = new StateKey(reader.address(), read.kind(), read.slot());
        found.add(Dependency.at(place, key, read.semantic()));
        return;
      }
    }
  }

  private void add(Reader reader, List<Dependency> found) {
    if (found.isEmpty()) {
      return;
    }
    part.number(reader.block()).number(reader.timestamp()).number(reader.index());
    part.number(found.size());
    found.forEach(dependency -> dependency.write(part));
    rows += found.size();
    if (rows >= ROWS_PER_PART) {
      endPart();
    }
  }

  private void endPart() {
    if (rows > 0) {
      parts.add(part.toBytes());
      part = new WireWriter();
      rows = 0;
    }
  }

  /** Makes the rows of a part. */
  public static void write(byte[] part, long chainId, RowSink sink) {
    for (WireReader in = new WireReader(part); !in.atEnd(); ) {
      RowOutput rows = new RowOutput(sink, chainId, in.number(), in.number());
      int reader = in.count();
      for (int left = in.count(); left > 0; left--) {
        PlanRows.add(rows, reader, Dependency.read(in));
      }
    }
  }
}
