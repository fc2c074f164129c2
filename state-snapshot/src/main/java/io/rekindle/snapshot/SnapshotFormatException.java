package io.rekindle.snapshot;

import java.io.IOException;

/** Bytes that are no valid wire form of a snapshot, a delta, or a sidecar. */
public final class SnapshotFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  /** What is wrong. */
  public enum Problem {
    /** The bytes do not start as the form does. */
    MAGIC,
    /** The form is of a version that this build does not read. */
    VERSION,
    /** The bytes end early. */
    TRUNCATED,
    /** The bytes were altered. */
    CHECKSUM,
    /** The checksum is right but the content contradicts itself. */
    CONTENT
  }

  private final Problem problem;

  public SnapshotFormatException(Problem problem, String detail) {
    super(problem + ": " + detail);
    this.problem = problem;
  }

  public Problem problem() {
    return problem;
  }
}
