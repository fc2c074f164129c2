package io.rekindle.conformance;

/** Files of test cases cannot be used: the message names the file and what is wrong with it. */
public final class FixtureException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public FixtureException(String message) {
    super(message);
  }

  public FixtureException(String message, Throwable cause) {
    super(message, cause);
  }
}
