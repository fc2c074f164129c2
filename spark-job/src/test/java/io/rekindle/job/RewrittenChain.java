package io.rekindle.job;

import io.rekindle.evm.crypto.Keccak256;
import io.rekindle.evm.rlp.RlpReader;
import io.rekindle.evm.rlp.RlpWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A chain in which a header claims something else, linked again so that only its claim is wrong.
 */
final class RewrittenChain {
  static final int STATE_ROOT = 3;

  private static final int PARENT_HASH = 0;

  private RewrittenChain() {}

  /**
   * Writes the first blocks of an RLP file with one field changed.
   *
   * @param blocks how many
   * @param number of the block, which the file starts with 1
   * @param field its place in the header
   */
  static Path write(Path from, Path to, int blocks, int number, int field, byte[] value)
      throws IOException {
    RlpReader reader = RlpReader.of(Files.readAllBytes(from));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] parent = null;
    for (int block = 1; block <= blocks; block++) {
      RlpReader parts = reader.list("block");
      List<byte[]> header = items(parts.list("header"));
      if (parent != null) {
        header.set(PARENT_HASH, string(parent));
      }
      if (block == number) {
        header.set(field, string(value));
      }
      byte[] encoded = list(header);
      if (block >= number) {
        parent = Keccak256.hash(encoded).toBytes();
      }
      List<byte[]> whole = items(parts);
      whole.add(0, encoded);
      out.write(list(whole));
    }
    return Files.write(to, out.toByteArray());
  }

  private static List<byte[]> items(RlpReader list) {
    List<byte[]> items = new ArrayList<>();
    while (list.hasNext()) {
      items.add(list.raw("item"));
    }
    return items;
  }

  private static byte[] string(byte[] value) {
    return new RlpWriter().bytes(value).toBytes();
  }

  private static byte[] list(List<byte[]> items) {
    RlpWriter writer = new RlpWriter();
    int start = writer.startList();
    items.forEach(writer::raw);
    return writer.endList(start).toBytes();
  }
}
