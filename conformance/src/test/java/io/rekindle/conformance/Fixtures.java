package io.rekindle.conformance;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Where the public test data lies: the system property {@code rekindle.fixtures}. */
final class Fixtures {
  private Fixtures() {}

  /**
   * A file or folder of the fixtures. Aborts the test, saying plainly that it did not run, where
   * there are no fixtures; a fixture that is missing among the others is a failure.
   */
  static Path require(String name) {
    String folder = System.getProperty("rekindle.fixtures");
    if (folder == null || !Files.isDirectory(Path.of(folder))) {
      String message =
          "NOT RUN: "
              + name
              + ": no fixtures at "
              + folder
              + "; set -Drekindle.fixtures=FOLDER to run it";
      System.out.println(message);
      Assumptions.abort(message);
    }
    Path path = Path.of(folder, name);
    if (!Files.exists(path)) {
      throw new AssertionError("the fixtures at " + folder + " lack " + name);
    }
    return path;
  }
}
