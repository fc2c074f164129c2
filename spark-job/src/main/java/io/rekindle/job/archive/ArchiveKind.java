package io.rekindle.job.archive;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** What a file of blocks can be; told by its content, unpacked where it is gzipped. */
enum ArchiveKind {
  RLP("rlp"),
  ERA1("era1"),
  ERE("ere"),
  JSON_LINES("jsonl"),
  PARQUET("parquet");

  private static final int RLP_LIST = 0xc0;

  /** An e2store file starts with an empty version record. */
  private static final byte[] E2STORE = {0x65, 0x32, 0, 0, 0, 0, 0, 0};

  /** "PAR1" */
  private static final byte[] PARQUET_START = {0x50, 0x41, 0x52, 0x31};

  private final String label;

  ArchiveKind(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  /**
   * The kind of a file, or null where it is none.
   *
   * @throws ArchiveException where it starts as an era1 or ere file, but does not end as one
   */
  static ArchiveKind of(ArchiveFile file) {
    try (InputStream in = file.openUnpacked()) {
      byte[] start = in.readNBytes(E2STORE.length);
      if (start.length > 0 && (start[0] & 0xff) >= RLP_LIST) {
        return RLP;
      }
      if (start.length > 0 && start[0] == '{') {
        return JsonRecords.areIn(file) ? JSON_LINES : null;
      }
      if (Arrays.equals(
          start, 0, Math.min(start.length, PARQUET_START.length), PARQUET_START, 0, 4)) {
        return PARQUET;
      }
      return Arrays.equals(start, E2STORE) ? EraLayout.read(file).kind() : null;
    } catch (IOException e) {
      throw file.failure("", e);
    }
  }

  ChainFile open(ArchiveFile file) {
    return switch (this) {
      case RLP, JSON_LINES -> RecordFile.scan(file, this);
      case ERA1, ERE -> EraFile.open(file);
      case PARQUET -> ParquetFile.open(file);
    };
  }

  /**
   * Blocks of a file without index.
   *
   * @param offset where to start, in bytes of the unpacked file
   */
  BlockRecords records(ArchiveFile file, long offset) {
    return switch (this) {
      case RLP -> new RlpRecords(file, offset);
      case JSON_LINES -> new JsonRecords(file, offset);
      case ERA1, ERE, PARQUET -> throw new IllegalStateException(label + " files have an index");
    };
  }
}
