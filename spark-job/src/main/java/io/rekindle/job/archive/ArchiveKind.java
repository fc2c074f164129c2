package io.rekindle.job.archive;

import java.io.IOException;
import java.io.InputStream;

/** What a file of blocks can be; told by its first bytes, unpacked where it is gzipped. */
enum ArchiveKind {
  RLP("rlp");

  private static final int RLP_LIST = 0xc0;

  private final String label;

  ArchiveKind(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  /** The kind of a file, or null where it is none. */
  static ArchiveKind of(ArchiveFile file) {
    try (InputStream in = file.openUnpacked()) {
      int first = in.read();
      if (first >= RLP_LIST) {
        return RLP;
      }
      return null;
    } catch (IOException e) {
      throw file.failure("", e);
    }
  }

  ChainFile open(ArchiveFile file) {
    return RlpFile.scan(file);
  }
}
