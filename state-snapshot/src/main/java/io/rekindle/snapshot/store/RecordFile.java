package io.rekindle.snapshot.store;

/**
 * A file of records of one size, sorted by the 32-byte key that each starts with (slots by account
 * first). It starts with a header: magic "RKRF" (4), version (2), record size (2), and zeros up to
 * 16 bytes. Then come blocks of {@value #RECORDS_PER_BLOCK} records, the last one shorter, each
 * with the CRC-32C of its bytes behind it (4). Blocks are found by computing, so a lookup reads
 * only the block or two where its key is, and every block that is read is checked.
 */
final class RecordFile {
  static final int MAGIC = 'R' << 24 | 'K' << 16 | 'R' << 8 | 'F';
  static final short VERSION = 1;
  static final int HEADER_BYTES = 16;
  static final int RECORDS_PER_BLOCK = 32;
  static final int CHECKSUM_BYTES = 4;

  private RecordFile() {}

  /** Where a block starts. */
  static long blockStart(long block, int recordSize) {
    return HEADER_BYTES + block * ((long) RECORDS_PER_BLOCK * recordSize + CHECKSUM_BYTES);
  }

  /** The length of a file with this many records. */
  static long length(long records, int recordSize) {
    long blocks = (records + RECORDS_PER_BLOCK - 1) / RECORDS_PER_BLOCK;
    return HEADER_BYTES + records * recordSize + blocks * CHECKSUM_BYTES;
  }
}
