package io.rekindle.job.archive;

import io.rekindle.evm.chain.Block;
import io.rekindle.evm.chain.Header;
import io.rekindle.evm.rlp.RlpException;
import io.rekindle.job.archive.JsonBlockReader.Outline;
import java.io.EOFException;
import java.io.IOException;

/** Blocks as RLP. */
final class RlpRecords extends BlockRecords {
  /** More than any block's gas can pay for. */
  private static final long MAX_ITEM = 1L << 29;

  private long start;

  RlpRecords(ArchiveFile file, long offset) {
    super(file, offset);
  }

  @Override
  Outline outline() {
    if (!hasNext()) {
      return null;
    }
    try {
      Header header = Header.decode(firstOfList());
      return new Outline(header.number(), header.hash(), header.parentHash());
    } catch (RlpException e) {
      throw new ArchiveException(file.path(), "byte " + start, e.getMessage(), e);
    }
  }

  @Override
  ArchivedBlock block(String place) {
    if (!hasNext()) {
      return null;
    }
    byte[] encoded = list();
    try {
      Block block = Block.decode(encoded);
      return ArchivedBlock.of(block, encoded, block.header().hash(), place);
    } catch (RlpException e) {
      throw new ArchiveException(place, "", e.getMessage(), e);
    }
  }

  @Override
  long start() {
    return start;
  }

  /** Whether an item is left; the next one starts here. */
  private boolean hasNext() {
    try {
      start = position;
      in.mark(1);
      int next = in.read();
      in.reset();
      return next >= 0;
    } catch (IOException e) {
      throw file.failure("byte " + position, e);
    }
  }

  /** The next item, a list, with its prefix. */
  private byte[] list() {
    long from = position;
    try {
      in.mark(9);
      long length = listPayload();
      int prefixLength = (int) (position - from);
      in.reset();
      position = from;
      return bytes(prefixLength + (int) length);
    } catch (IOException e) {
      throw file.failure("byte " + from, e);
    }
  }

  /** Opens a list and gives its first item, a list too; the rest is skipped. */
  private byte[] firstOfList() {
    try {
      long length = listPayload();
      long end = position + length;
      byte[] first = list();
      if (position > end) {
        throw file.failure("byte " + start, "no block: its header is longer than the block");
      }
      in.skipNBytes(end - position);
      position = end;
      return first;
    } catch (IOException e) {
      throw file.failure("byte " + start, e);
    }
  }

  private byte[] bytes(int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException();
    }
    position += count;
    return bytes;
  }

  private long listPayload() throws IOException {
    long from = position;
    int prefix = bytes(1)[0] & 0xff;
    if (prefix < 0xc0) {
      throw file.failure("byte " + from, "no RLP list, which a block is");
    }
    if (prefix <= 0xf7) {
      return prefix & 0x3f;
    }
    long length = 0;
    for (byte digit : bytes(prefix - 0xf7)) {
      length = length > MAX_ITEM ? length : (length << 8) | (digit & 0xff);
    }
    if (length > MAX_ITEM || length <= 55) {
      throw file.failure("byte " + from, "no block: a list of " + length + " bytes");
    }
    return length;
  }
}
