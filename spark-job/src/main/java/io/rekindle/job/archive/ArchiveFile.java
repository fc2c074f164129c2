package io.rekindle.job.archive;

import java.io.BufferedInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.util.zip.GZIPInputStream;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** A file of an archive, on any file system of Hadoop's, which executors can open too. */
public record ArchiveFile(String path, HadoopSettings settings) implements Serializable {
  private static final int BUFFER = 1 << 18;
  private static final int GZIP_MAGIC_0 = 0x1f;
  private static final int GZIP_MAGIC_1 = 0x8b;

  /** The last part of the path. */
  public String name() {
    return new Path(path).getName();
  }

  FileSystem fileSystem() throws IOException {
    return new Path(path).getFileSystem(settings.configuration());
  }

  /** For reads at any place. */
  FSDataInputStream open() {
    try {
      return fileSystem().open(new Path(path), 1 << 16);
    } catch (IOException e) {
      throw failure("", e);
    }
  }

  long length() {
    try {
      return fileSystem().getFileStatus(new Path(path)).getLen();
    } catch (IOException e) {
      throw failure("", e);
    }
  }

  /** The file from its start, unpacked where it is gzipped, as its first bytes tell. */
  public InputStream openUnpacked() {
    InputStream in = new BufferedInputStream(open(), BUFFER);
    try {
      in.mark(2);
      boolean packed = in.read() == GZIP_MAGIC_0 && in.read() == GZIP_MAGIC_1;
      in.reset();
      return packed ? new BufferedInputStream(new GZIPInputStream(in, 1 << 16), BUFFER) : in;
    } catch (IOException e) {
      throw failure("", e);
    }
  }

  ArchiveException failure(String place, String problem) {
    return new ArchiveException(path, place, problem);
  }

  /** The same failure in this file's name; an input that ends too early is called truncated. */
  ArchiveException failure(String place, IOException e) {
    return new ArchiveException(path, place, describe(e), e);
  }

  private static String describe(IOException e) {
    if (e instanceof java.io.EOFException) {
      return "truncated: the file ends within an item";
    }
    String message = e.getMessage();
    if (message != null && message.contains("(Permission denied)")) {
      // The JDK's streams say so by the exception that a missing file gives.
      return "permission denied";
    }
    if (e instanceof FileNotFoundException) {
      return "there is no such file";
    }
    return message == null ? e.getClass().getSimpleName() : message.strip().replaceAll("\\R", " ");
  }
}
