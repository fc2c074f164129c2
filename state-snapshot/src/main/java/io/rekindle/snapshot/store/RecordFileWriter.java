package io.rekindle.snapshot.store;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** Writes a {@link RecordFile}. Records must come in order; this class does not look at them. */
final class RecordFileWriter implements AutoCloseable {
  private final OutputStream out;
  private final int recordSize;
  private final ByteBuffer block;
  private final CRC32C blockChecksum = new CRC32C();
  private final CRC32C fileChecksum = new CRC32C();
  private long records;

  RecordFileWriter(OutputStream out, int recordSize) throws IOException {
    this.out = out;
    this.recordSize = recordSize;
    this.block =
        ByteBuffer.allocate(RecordFile.RECORDS_PER_BLOCK * recordSize + RecordFile.CHECKSUM_BYTES);
    ByteBuffer header = ByteBuffer.allocate(RecordFile.HEADER_BYTES);
    header.putInt(RecordFile.MAGIC).putShort(RecordFile.VERSION).putShort((short) recordSize);
    write(header.array(), RecordFile.HEADER_BYTES);
  }

  /** Room for one more record of the size; the caller fills it before the next call. */
  ByteBuffer next() throws IOException {
    if (block.position() == RecordFile.RECORDS_PER_BLOCK * recordSize) {
      endBlock();
    }
    records++;
    return block;
  }

  private void endBlock() throws IOException {
    blockChecksum.reset();
    blockChecksum.update(block.array(), 0, block.position());
    block.putInt((int) blockChecksum.getValue());
    write(block.array(), block.position());
    block.clear();
  }

  private void write(byte[] bytes, int length) throws IOException {
    fileChecksum.update(bytes, 0, length);
    out.write(bytes, 0, length);
  }

  long records() {
    return records;
  }

  /** Ends the last block; gives the checksum of the whole file. */
  int finish() throws IOException {
    if (block.position() > 0) {
      endBlock();
    }
    return (int) fileChecksum.getValue();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
