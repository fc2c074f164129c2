package io.rekindle.snapshot;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the public test data lies; tests that need it are skipped, and say so, where it is not. */
public final class Fixtures {
  private Fixtures() {}

  public static Path path(String name) {
    Path path = Path.of(System.getProperty("rekindle.fixtures", "fixtures"), name);
    assumeTrue(Files.exists(path), () -> "SKIPPED: no fixture " + path);
    return path;
  }
}
