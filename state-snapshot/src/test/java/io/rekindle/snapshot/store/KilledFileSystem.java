package io.rekindle.snapshot.store;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FilterFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/** A file system whose client dies at a given step of writing: from then on nothing happens. */
final class KilledFileSystem extends FilterFileSystem {
  private int stepsLeft;
  private int steps;

  KilledFileSystem(FileSystem fs, int stepsLeft) {
    super(fs);
    this.stepsLeft = stepsLeft;
  }

  /** Steps taken. */
  int steps() {
    return steps;
  }

  boolean dead() {
    return stepsLeft <= 0;
  }

  private void step() throws IOException {
    if (stepsLeft <= 0) {
      throw new IOException("killed");
    }
    stepsLeft--;
    steps++;
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
    step();
    FSDataOutputStream out =
        super.create(path, permission, overwrite, bufferSize, replication, blockSize, progress);
    return new FSDataOutputStream(new Dying(out), null);
  }

  @Override
  public boolean mkdirs(Path path) throws IOException {
    step();
    return super.mkdirs(path);
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    step();
    return super.rename(from, to);
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    step();
    return super.delete(path, recursive);
  }

  private final class Dying extends OutputStream {
    private final FSDataOutputStream out;

    Dying(FSDataOutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int octet) throws IOException {
      write(new byte[] {(byte) octet}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      if (stepsLeft == 1) {
        // The last step before death is half done.
        out.write(bytes, offset, length / 2);
        stepsLeft = 0;
      }
      step();
      out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
      if (dead()) {
        return;
      }
      step();
      out.close();
    }
  }
}
