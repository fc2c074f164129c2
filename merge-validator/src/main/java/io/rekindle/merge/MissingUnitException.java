package io.rekindle.merge;

/** The partitions handed over do not hold each unit of the window exactly once. */
public final class MissingUnitException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  MissingUnitException(String message) {
    super(message);
  }
}
