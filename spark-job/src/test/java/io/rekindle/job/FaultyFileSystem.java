package io.rekindle.job;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.security.AccessControlException;
import org.apache.hadoop.util.Progressable;

/**
 * The local file system under the scheme {@code faulty}, with room for so many bytes and no more,
 * with paths that its user may not touch, and with paths where what is moved there gets lost.
 */
public final class FaultyFileSystem extends RawLocalFileSystem {
  private static final AtomicLong ROOM = new AtomicLong();
  private static volatile String denied;
  private static volatile String lost;
  private static volatile boolean throwsErrors;

  /** Has Spark know the scheme, with no limits at first. */
  public static void install() {
    System.setProperty("spark.hadoop.fs.faulty.impl", FaultyFileSystem.class.getName());
    room(Long.MAX_VALUE);
    deny(null);
    lose(null);
  }

  public static void uninstall() {
    System.clearProperty("spark.hadoop.fs.faulty.impl");
  }

  /** Bytes that can still be written. */
  public static void room(long bytes) {
    ROOM.set(bytes);
  }

  public static long room() {
    return ROOM.get();
  }

  /** Whether a full file system shows by an error, as Hadoop's local one does, or an exception. */
  public static void throwErrors(boolean errors) {
    throwsErrors = errors;
  }

  /**
   * @param part of the paths that may not be touched; null for none
   */
  public static void deny(String part) {
    denied = part;
  }

  /**
   * @param part of the paths to which nothing can be renamed, though nobody is told; null for none
   */
  public static void lose(String part) {
    lost = part;
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    if (lost != null && to.toString().contains(lost)) {
      return delete(from, true);
    }
    return super.rename(from, to);
  }

  @Override
  public URI getUri() {
    return URI.create("faulty:///");
  }

  private static void check(Path path) throws IOException {
    if (denied != null && path.toString().contains(denied)) {
      throw new AccessControlException("Permission denied: user=nobody");
    }
  }

  @Override
  public FSDataInputStream open(Path path, int bufferSize) throws IOException {
    check(path);
    return super.open(path, bufferSize);
  }

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    check(path);
    return Arrays.stream(super.listStatus(path))
        .map(FaultyFileSystem::plain)
        .toArray(FileStatus[]::new);
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    return plain(super.getFileStatus(path));
  }

  /** The local file system's own status looks permissions up by a path of its own scheme. */
  private static FileStatus plain(FileStatus status) {
    return new FileStatus(
        status.getLen(),
        status.isDirectory(),
        1,
        status.getBlockSize(),
        status.getModificationTime(),
        status.getPath());
  }

  @Override
  public boolean mkdirs(Path path) throws IOException {
    check(path);
    return super.mkdirs(path);
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    check(path);
    return limited(super.create(path, overwrite, bufferSize, replication, blockSize, progress));
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    check(path);
    return limited(
        super.create(path, permission, overwrite, bufferSize, replication, blockSize, progress));
  }

  private static FSDataOutputStream limited(FSDataOutputStream out) throws IOException {
    return new FSDataOutputStream(new Limited(out), null);
  }

  private static final class Limited extends FilterOutputStream {
    Limited(OutputStream out) {
      super(out);
    }

    private static void take(int bytes) throws IOException {
      if (ROOM.addAndGet(-bytes) < 0) {
        ROOM.set(0);
        if (throwsErrors) {
          fail();
        }
        throw new IOException("No space left on device");
      }
    }

    /** Has the local file system meet a device without room, and throw what it throws then. */
    private static void fail() throws IOException {
      RawLocalFileSystem local = new RawLocalFileSystem();
      local.initialize(URI.create("file:///"), new Configuration());
      try (OutputStream device = local.create(new Path("/dev/full"), true)) {
        device.write(1);
      }
    }

    @Override
    public void write(int value) throws IOException {
      take(1);
      out.write(value);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      take(length);
      out.write(bytes, offset, length);
    }
  }
}
