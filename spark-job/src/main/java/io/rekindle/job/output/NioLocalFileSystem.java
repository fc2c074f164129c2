package io.rekindle.job.output;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;

/**
 * Hadoop's local file system, but that it sets permissions in the JVM. Hadoop's own starts {@code
 * chmod} for every file and folder that it makes, where its native library is missing: for the
 * files of a group of blocks that is some hundred processes.
 */
public final class NioLocalFileSystem extends LocalFileSystem {
  public NioLocalFileSystem() {
    super(new Raw());
  }

  private static final class Raw extends RawLocalFileSystem {
    @Override
    public void setPermission(Path path, FsPermission permission) throws IOException {
      PosixFileAttributeView file =
          Files.getFileAttributeView(pathToFile(path).toPath(), PosixFileAttributeView.class);
      if (file == null || permission.getStickyBit()) {
        super.setPermission(path, permission);
      } else {
        file.setPermissions(PosixFilePermissions.fromString(permission.toString()));
      }
    }
  }
}
