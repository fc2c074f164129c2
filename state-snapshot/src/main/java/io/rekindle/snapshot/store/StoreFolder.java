package io.rekindle.snapshot.store;

import io.rekindle.snapshot.store.StateStoreException.Problem;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/** The folder of a store: finds the newest manifest, and puts new ones in place. */
final class StoreFolder {
  private static final String PREFIX = "manifest-";

  /** Schemes without an atomic rename, where an object appears whole when it is closed. */
  private static final Set<String> OBJECT_STORES = Set.of("s3a", "s3", "s3n", "gs");

  private final FileSystem fs;
  private final Path path;

  StoreFolder(FileSystem fileSystem, Path path) {
    // Files have checksums of their own; Hadoop's for local files would break the atomic commit.
    this.fs = fileSystem instanceof LocalFileSystem local ? local.getRawFileSystem() : fileSystem;
    this.path = this.fs.makeQualified(path);
  }

  FileSystem fs() {
    return fs;
  }

  Path path() {
    return path;
  }

  /** A name for a layer that no other writer uses. */
  String newLayerName() {
    return "layer-" + UUID.randomUUID();
  }

  /** The newest version's manifest, or null where there is no store. */
  StoreManifest newest() throws IOException {
    long newest = 0;
    if (fs.exists(path)) {
      for (FileStatus file : fs.listStatus(path)) {
        newest = Math.max(newest, version(file.getPath().getName()));
      }
    }
    return newest == 0 ? null : read(manifestPath(newest), newest);
  }

  /** All versions that are there, the newest first. */
  List<StoreManifest> versions() throws IOException {
    List<StoreManifest> manifests = new ArrayList<>();
    if (fs.exists(path)) {
      for (FileStatus file : fs.listStatus(path)) {
        long version = version(file.getPath().getName());
        if (version > 0) {
          manifests.add(read(file.getPath(), version));
        }
      }
    }
    manifests.sort(Comparator.comparingLong(StoreManifest::version).reversed());
    return manifests;
  }

  /** The version of a manifest's name; 0 for other names. */
  private static long version(String name) {
    return name.matches(PREFIX + "[0-9]{12}") ? Long.parseLong(name.substring(PREFIX.length())) : 0;
  }

  static boolean isManifestBefore(String name, long version) {
    long found = version(name);
    return found > 0 && found < version;
  }

  private Path manifestPath(long version) {
    return new Path(path, PREFIX + String.format("%012d", version));
  }

  private StoreManifest read(Path file, long version) throws IOException {
    byte[] bytes = new byte[Math.toIntExact(fs.getFileStatus(file).getLen())];
    try (FSDataInputStream in = fs.open(file)) {
      in.readFully(0, bytes);
    }
    StoreManifest manifest = StoreManifest.of(bytes, file.toString());
    if (manifest.version() != version) {
      throw new StateStoreException(
          Problem.CONTENT, file + " is the manifest of version " + manifest.version());
    }
    return manifest;
  }

  /**
   * Makes a version visible. The manifest is written under another name first and put in place in
   * one step, which fails where the version is there already: a hard link on local files, a rename
   * elsewhere, and on object stores, which have neither, a conditional write of the whole object.
   *
   * @throws StateStoreException where another writer has committed the same version
   */
  void commit(StoreManifest manifest) throws IOException {
    Path target = manifestPath(manifest.version());
    String scheme = fs.getUri().getScheme();
    if (!OBJECT_STORES.contains(scheme)) {
      Path draft = new Path(path, "draft-" + UUID.randomUUID());
      write(draft, manifest);
      boolean first = putInPlace(scheme, draft, target);
      removeDraft(draft);
      if (!first) {
        throw concurrent(target);
      }
    } else {
      try {
        write(target, manifest);
      } catch (org.apache.hadoop.fs.FileAlreadyExistsException e) {
        throw concurrent(target);
      }
    }
  }

  private void removeDraft(Path draft) {
    try {
      fs.delete(draft, false);
    } catch (IOException e) {
      // The verdict on the commit stands by now; a draft that stays is no part of any version.
    }
  }

  private void write(Path file, StoreManifest manifest) throws IOException {
    try (FSDataOutputStream out = fs.create(file, false)) {
      out.write(manifest.bytes());
      out.hsync();
    }
  }

  private boolean putInPlace(String scheme, Path draft, Path target) throws IOException {
    if (!scheme.equals("file")) {
      return fs.rename(draft, target);
    }
    try {
      Files.createLink(
          java.nio.file.Path.of(target.toUri().getPath()),
          java.nio.file.Path.of(draft.toUri().getPath()));
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  private static StateStoreException concurrent(Path target) {
    return new StateStoreException(
        Problem.CONCURRENT_WRITE, "another writer has committed " + target);
  }
}
