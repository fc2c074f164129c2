package io.rekindle.snapshot.store;

import java.io.IOException;

/** A state store that cannot be used as asked; the message names the file. */
public final class StateStoreException extends IOException {
  private static final long serialVersionUID = 1L;

  /** What is wrong. */
  public enum Problem {
    /** There is no store in the folder. */
    ABSENT,
    /** A store is there already. */
    EXISTS,
    /** A file is shorter or longer than it was written, or missing. */
    TRUNCATED,
    /** A file was altered. */
    CHECKSUM,
    /** A file of another version of the format. */
    VERSION,
    /** The content contradicts itself, or its state root. */
    CONTENT,
    /** Another writer was faster. */
    CONCURRENT_WRITE
  }

  private final Problem problem;

  public StateStoreException(Problem problem, String detail) {
    super(problem + ": " + detail);
    this.problem = problem;
  }

  public Problem problem() {
    return problem;
  }
}
