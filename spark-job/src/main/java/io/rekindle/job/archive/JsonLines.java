package io.rekindle.job.archive;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/** Lines of a file that are not blank, with their place in it. */
final class JsonLines implements Closeable {
  /** More than any block takes in hexadecimal digits. */
  private static final int MAX_LINE = 1 << 30;

  private final ArchiveFile file;
  private final InputStream in;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream(1 << 16);
  private long position;
  private long start;

  /**
   * @param offset where to start, in bytes of the unpacked file; the start of a line
   */
  JsonLines(ArchiveFile file, long offset) {
    this.file = file;
    this.in = file.openUnpacked();
    try {
      in.skipNBytes(offset);
    } catch (IOException e) {
      throw file.failure("byte " + offset, e);
    }
    this.position = offset;
  }

  /** The next line, or null at the end of the file. */
  byte[] next() {
    try {
      while (true) {
        line.reset();
        start = position;
        int next = in.read();
        while (next >= 0 && next != '\n') {
          line.write(next);
          if (line.size() == MAX_LINE) {
            throw file.failure("byte " + start, "no block: the line does not end");
          }
          next = in.read();
        }
        position += line.size() + (next < 0 ? 0 : 1);
        byte[] bytes = line.toByteArray();
        if (!isBlank(bytes)) {
          return bytes;
        }
        if (next < 0) {
          return null;
        }
      }
    } catch (IOException e) {
      throw file.failure("byte " + position, e);
    }
  }

  private static boolean isBlank(byte[] bytes) {
    for (byte each : bytes) {
      if (each != ' ' && each != '\t' && each != '\r') {
        return false;
      }
    }
    return true;
  }

  /** Where the line that came last starts. */
  long start() {
    return start;
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw file.failure("byte " + position, e);
    }
  }
}
