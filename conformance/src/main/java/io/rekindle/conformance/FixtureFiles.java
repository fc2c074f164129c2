package io.rekindle.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Enumeration;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The JSON files of test cases below the paths that a user names: a JSON file, a folder of them at
 * any depth, or a zip, which is read in place. Keeps zips open until closed.
 */
final class FixtureFiles implements AutoCloseable {
  /** Opens a file's content. */
  @FunctionalInterface
  interface Source {
    InputStream open() throws IOException;
  }

  /**
   * A file of cases.
   *
   * @param name the path, after the zip's where it lies in one
   * @param size bytes, by which work is shared out
   */
  record FixtureFile(String name, long size, Source source) {}

  private final List<FixtureFile> files = new ArrayList<>();
  private final List<ZipFile> zips = new ArrayList<>();

  /**
   * @throws FixtureException where a path does not exist, is neither of the three, or holds no JSON
   *     file
   */
  static FixtureFiles find(List<Path> paths) {
    FixtureFiles found = new FixtureFiles();
    try {
      for (Path path : paths) {
        int before = found.files.size();
        found.add(path);
        if (found.files.size() == before) {
          throw new FixtureException(path + ": no JSON files of test cases in it");
        }
      }
      return found;
    } catch (RuntimeException e) {
      found.close();
      throw e;
    }
  }

  /** The files, largest first, so that the last ones to finish are short. */
  List<FixtureFile> largestFirst() {
    return files.stream().sorted(Comparator.comparingLong(FixtureFile::size).reversed()).toList();
  }

  private void add(Path path) {
    String name = path.toString();
    try {
      if (Files.isDirectory(path)) {
        addFolder(path);
      } else if (!Files.exists(path)) {
        throw new FixtureException(name + ": no such file or folder");
      } else if (name.endsWith(".zip")) {
        addZip(path);
      } else if (name.endsWith(".json")) {
        addFile(path);
      } else {
        throw new FixtureException(name + ": neither a .json file, a .zip nor a folder");
      }
    } catch (IOException e) {
      throw new FixtureException(name + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private void addFile(Path path) throws IOException {
    files.add(new FixtureFile(path.toString(), Files.size(path), () -> Files.newInputStream(path)));
  }

  private void addFolder(Path folder) throws IOException {
    List<Path> inside;
    try (Stream<Path> walk = Files.walk(folder)) {
      inside = walk.filter(Files::isRegularFile).filter(FixtureFiles::holdsCases).sorted().toList();
    }
    for (Path path : inside) {
      if (path.toString().endsWith(".zip")) {
        addZip(path);
      } else {
        addFile(path);
      }
    }
  }

  /** Files below a folder whose name starts with a dot describe a release and hold no cases. */
  private static boolean holdsCases(Path path) {
    String name = path.toString();
    return (name.endsWith(".json") || name.endsWith(".zip")) && !name.contains("/.meta/");
  }

  private void addZip(Path path) throws IOException {
    ZipFile zip = new ZipFile(path.toFile());
    zips.add(zip);
    Enumeration<? extends ZipEntry> entries = zip.entries();
    while (entries.hasMoreElements()) {
      ZipEntry entry = entries.nextElement();
      String name = entry.getName();
      if (name.endsWith(".json") && !name.contains("/.meta/") && !name.startsWith(".meta/")) {
        files.add(
            new FixtureFile(path + "/" + name, entry.getSize(), () -> zip.getInputStream(entry)));
      }
    }
  }

  @Override
  public void close() {
    for (ZipFile zip : zips) {
      try {
        zip.close();
      } catch (IOException e) {
        throw new FixtureException(zip.getName() + ": cannot be closed: " + e.getMessage(), e);
      }
    }
    zips.clear();
  }
}
