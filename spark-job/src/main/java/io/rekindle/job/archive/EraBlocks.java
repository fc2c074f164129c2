package io.rekindle.job.archive;

import io.rekindle.evm.chain.Block;
import io.rekindle.evm.chain.Header;
import io.rekindle.evm.crypto.Keccak256;
import io.rekindle.evm.rlp.RlpException;
import io.rekindle.evm.rlp.RlpReader;
import io.rekindle.evm.rlp.RlpWriter;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import io.rekindle.job.archive.E2StoreReader.Place;

/** Blocks of an era1 or ere file, in order. */
final class EraBlocks extends ConsecutiveBlocks {
  private static final int TOTAL_DIFFICULTY_BYTES = 32;

  private final EraLayout layout;
  private final E2StoreReader index;

  /** One for the whole of an era1 file's blocks, one for each column of an ere file. */
  private final E2StoreReader[] readers;

  EraBlocks(EraLayout layout, long from, long to) {
    super(from, to);
    this.layout = layout;
    this.index = new E2StoreReader(layout.file());
    this.readers = new E2StoreReader[layout.columns()];
    for (int column = 0; column < readers.length; column++) {
      boolean read = layout.kind() == ArchiveKind.ERA1 || layout.components().get(column) != null;
      readers[column] = read ? new E2StoreReader(layout.file()) : null;
    }
  }

  @Override
  ArchivedBlock read(long number) {
    String place = "block " + number;
    Place[] records = records(number, place);
    byte[] header = null;
    byte[] body = null;
    StoredReceipts receipts = null;
    UInt256 totalDifficulty = null;
    for (int i = 0; i < records.length; i++) {
      if (records[i] == null) {
        continue;
      }
      E2StoreReader reader = reader(i);
      switch (layout.components().get(i)) {
        case HEADER -> header = reader.unpacked(records[i], "header", place);
        case BODY -> body = reader.unpacked(records[i], "body", place);
        case RECEIPTS ->
            receipts =
                new StoredReceipts(
                    reader.unpacked(records[i], "receipts", place), StoredReceipts.Form.CONSENSUS);
        case SLIM_RECEIPTS ->
            receipts =
                new StoredReceipts(
                    reader.unpacked(records[i], "receipts", place), StoredReceipts.Form.SLIM);
        case TOTAL_DIFFICULTY -> totalDifficulty = totalDifficulty(reader, records[i], place);
        default -> throw new IllegalStateException("no part of a block");
      }
    }
    return block(header(header, number, place), header, body, receipts, totalDifficulty, place);
  }

  /** The next block's header, its hash and total difficulty; skips the rest of the block. */
  Summary nextSummary() {
    long number = pass();
    String place = "block " + number;
    Place[] records = records(number, place);
    Header header = null;
    Hash hash = null;
    UInt256 totalDifficulty = null;
    for (int i = 0; i < records.length; i++) {
      EraRecord component = layout.components().get(i);
      if (component == EraRecord.HEADER) {
        byte[] encoded = reader(i).unpacked(records[i], "header", place);
        header = header(encoded, number, place);
        hash = Keccak256.hash(encoded);
      } else if (component == EraRecord.TOTAL_DIFFICULTY) {
        totalDifficulty = totalDifficulty(reader(i), records[i], place);
      }
    }
    return new Summary(header, hash, totalDifficulty);
  }

  /**
   * @param totalDifficulty null where the file has none
   */
  record Summary(Header header, Hash hash, UInt256 totalDifficulty) {}

  private E2StoreReader reader(int component) {
    return layout.kind() == ArchiveKind.ERA1 ? readers[0] : readers[component];
  }

  private Place[] records(long number, String place) {
    Place[] records = new Place[layout.components().size()];
    long[] offsets = layout.offsets(index, number);
    for (int i = 0; i < records.length; i++) {
      EraRecord component = layout.components().get(i);
      if (layout.kind() == ArchiveKind.ERA1) {
        long offset = i == 0 ? offsets[0] : records[i - 1].end();
        records[i] = readers[0].record(offset, component, place);
      } else if (component != null) {
        records[i] = readers[i].record(offsets[i], component, place);
      }
    }
    return records;
  }

  private static UInt256 totalDifficulty(E2StoreReader reader, Place record, String place) {
    if (record.length() != TOTAL_DIFFICULTY_BYTES) {
      throw reader.failure(
          place, record.offset(), "total difficulty: " + record.length() + " bytes instead of 32");
    }
    byte[] bytes = reader.data(record, place);
    for (int i = 0; i < TOTAL_DIFFICULTY_BYTES / 2; i++) {
      byte low = bytes[i];
      bytes[i] = bytes[TOTAL_DIFFICULTY_BYTES - 1 - i];
      bytes[TOTAL_DIFFICULTY_BYTES - 1 - i] = low;
    }
    return UInt256.ofBytes32(bytes, 0);
  }

  private Header header(byte[] encoded, long number, String place) {
    try {
      Header header = Header.decode(encoded);
      if (header.number() != number) {
        throw layout
            .file()
            .failure(place, "number: block " + header.number() + " stands in its place");
      }
      return header;
    } catch (RlpException e) {
      throw new ArchiveException(layout.file().path(), place, "header: " + e.getMessage(), e);
    }
  }

  private ArchivedBlock block(
      Header header,
      byte[] encodedHeader,
      byte[] body,
      StoredReceipts receipts,
      UInt256 totalDifficulty,
      String place) {
    try {
      Block block = Block.decodeBody(header, body);
      return new ArchivedBlock(
          block,
          encoded(encodedHeader, body),
          Keccak256.hash(encodedHeader),
          layout.file().path() + ": " + place,
          totalDifficulty,
          receipts,
          null,
          0);
    } catch (RlpException e) {
      throw new ArchiveException(layout.file().path(), place, "body: " + e.getMessage(), e);
    }
  }

  /** A block is the list of its header and what its body's list has. */
  private static byte[] encoded(byte[] header, byte[] body) {
    RlpReader items = RlpReader.of(body).list("body");
    RlpWriter writer = new RlpWriter(header.length + body.length + 16);
    int list = writer.startList();
    writer.raw(header);
    while (items.hasNext()) {
      writer.raw(items.raw("body"));
    }
    return writer.endList(list).toBytes();
  }

  @Override
  public void close() {
    index.close();
    for (E2StoreReader reader : readers) {
      if (reader != null) {
        reader.close();
      }
    }
  }
}
