package io.rekindle.job.archive;

import io.rekindle.evm.word.Hash;
import io.rekindle.job.archive.E2StoreReader.Place;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * Where things lie in an era1 or ere file, as its end says. The index itself stays in the file, and
 * who reads blocks reads their part of it: the index of a chain's whole history is larger than what
 * a driver should hold.
 *
 * @param indexStart offset of the index record, which ends the file
 * @param first number of the first block
 * @param count how many blocks there are
 * @param columns how many offsets the index has for a block
 * @param components what a block consists of: in an era1 file records one behind the other, in an
 *     ere file a column of the index each, with null for what this reader does not need
 */
record EraLayout(
    ArchiveFile file,
    ArchiveKind kind,
    long indexStart,
    long first,
    int count,
    int columns,
    List<EraRecord> components)
    implements Serializable {
  /** The accumulator covers so many headers at most, so that a file has no more blocks. */
  static final int MAX_BLOCKS = 8192;

  private static final int ROOT_BYTES = 32;
  private static final int MAX_COLUMNS = 64;
  private static final String END = "block index";

  /**
   * @throws ArchiveException where the file does not end in an index
   */
  static EraLayout read(ArchiveFile file) {
    try (E2StoreReader reader = new E2StoreReader(file)) {
      long length = reader.length();
      long count = reader.int64(length - 8, END);
      if (count >= 1 && count <= MAX_BLOCKS) {
        long era1Index = length - E2StoreReader.PREFIX - 8 * (count + 2);
        if (isIndex(reader, era1Index, EraRecord.BLOCK_INDEX)) {
          return era1(reader, file, era1Index, (int) count);
        }
        long columns = reader.int64(length - 16, END);
        if (columns >= 1 && columns <= MAX_COLUMNS) {
          long ereIndex = length - E2StoreReader.PREFIX - 8 * (count * columns + 3);
          if (isIndex(reader, ereIndex, EraRecord.DYNAMIC_BLOCK_INDEX)) {
            return ere(reader, file, ereIndex, (int) count, (int) columns);
          }
        }
      }
      throw reader.failure(
          END, length, "truncated or damaged: the file does not end in an era1 or ere block index");
    }
  }

  private static boolean isIndex(E2StoreReader reader, long offset, EraRecord type) {
    if (offset < E2StoreReader.PREFIX) {
      return false;
    }
    // Type, length and reserved bytes in one; where they are others, this is no record's place.
    long prefix = type.type() | (reader.length() - offset - E2StoreReader.PREFIX) << 16;
    return reader.int64(offset, END) == prefix;
  }

  private static EraLayout era1(E2StoreReader reader, ArchiveFile file, long index, int count) {
    return new EraLayout(
        file,
        ArchiveKind.ERA1,
        index,
        first(reader, index, count),
        count,
        1,
        List.of(EraRecord.HEADER, EraRecord.BODY, EraRecord.RECEIPTS, EraRecord.TOTAL_DIFFICULTY));
  }

  private static EraLayout ere(
      E2StoreReader reader, ArchiveFile file, long index, int count, int columns) {
    EraRecord[] components = new EraRecord[columns];
    boolean header = false;
    boolean body = false;
    for (int column = 0; column < columns; column++) {
      long place = index + E2StoreReader.PREFIX + 8 + 8L * column;
      long offset = index + reader.int64(place, END);
      components[column] = component(reader.record(offset, END).type());
      header |= components[column] == EraRecord.HEADER;
      body |= components[column] == EraRecord.BODY;
    }
    if (!header || !body) {
      throw reader.failure(END, index, "it points to no " + (header ? "bodies" : "headers"));
    }
    // List.of allows no null.
    return new EraLayout(
        file,
        ArchiveKind.ERE,
        index,
        first(reader, index, count),
        count,
        columns,
        Collections.unmodifiableList(Arrays.asList(components)));
  }

  private static EraRecord component(int type) {
    for (EraRecord record :
        List.of(
            EraRecord.HEADER,
            EraRecord.BODY,
            EraRecord.SLIM_RECEIPTS,
            EraRecord.RECEIPTS,
            EraRecord.TOTAL_DIFFICULTY)) {
      if (record.type() == type) {
        return record;
      }
    }
    return null;
  }

  private static long first(E2StoreReader reader, long index, int count) {
    long first = reader.int64(index + E2StoreReader.PREFIX, END);
    if (first < 0 || first > Long.MAX_VALUE - count) {
      throw reader.failure(END, index, "starting number " + Long.toUnsignedString(first));
    }
    return first;
  }

  boolean has(EraRecord component) {
    return components.contains(component);
  }

  /**
   * Offsets in the file of a block's parts, a column each.
   *
   * @param number of the block
   */
  long[] offsets(E2StoreReader reader, long number) {
    long[] offsets = new long[columns];
    for (int column = 0; column < columns; column++) {
      String place = "block " + number;
      long at = indexStart + E2StoreReader.PREFIX + 8 + 8 * ((number - first) * columns + column);
      long offset = indexStart + reader.int64(at, place);
      if (offset < E2StoreReader.PREFIX || offset >= indexStart) {
        throw reader.failure(place, at, "the block index points out of the file");
      }
      offsets[column] = offset;
    }
    return offsets;
  }

  /** What the file has for each of its blocks, as far as its first block tells. */
  List<String> parts(E2StoreReader reader) {
    if (kind == ArchiveKind.ERA1) {
      return components.stream().map(EraRecord::part).toList();
    }
    List<String> parts = new ArrayList<>();
    for (long offset : offsets(reader, first)) {
      parts.add(EraRecord.partOf(reader.record(offset, END).type()));
    }
    return List.copyOf(parts);
  }

  /**
   * The accumulator that the file states, in front of the index; an ere file may have none, then
   * null.
   */
  Hash accumulator(E2StoreReader reader) {
    String place = "accumulator";
    long offset = indexStart - E2StoreReader.PREFIX - ROOT_BYTES;
    if (kind == ArchiveKind.ERA1) {
      Place record = reader.record(offset, EraRecord.ACCUMULATOR, place);
      if (record.length() != ROOT_BYTES) {
        throw reader.failure(place, offset, record.length() + " bytes instead of 32");
      }
      return Hash.ofBytes(reader.data(record, place));
    }
    if (offset < E2StoreReader.PREFIX) {
      return null;
    }
    byte[] bytes = reader.data(new Place(0, offset - E2StoreReader.PREFIX, 40), place);
    byte[] prefix = {(byte) EraRecord.ACCUMULATOR.type(), 0, ROOT_BYTES, 0, 0, 0, 0, 0};
    return Arrays.equals(prefix, Arrays.copyOf(bytes, prefix.length))
        ? Hash.ofBytes(bytes, prefix.length)
        : null;
  }
}
