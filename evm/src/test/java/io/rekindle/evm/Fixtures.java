package io.rekindle.evm;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** The folder of public chain data that tests are held against. */
public final class Fixtures {
  private Fixtures() {}

  /** A file or folder of the fixtures; the test is skipped, with a word, where it is not there. */
  public static Path path(String name) {
    Path path = Path.of(System.getProperty("rekindle.fixtures", "../../shared/fixtures"), name);
    Assumptions.assumeTrue(
        Files.exists(path), "NOT RUN: no fixtures at " + path + " (-Drekindle.fixtures=FOLDER)");
    return path;
  }
}
