package io.rekindle.snapshot.importer;

import java.io.IOException;

/** A file of state that cannot be read; the message is one line for the user. */
public final class StateInputException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * @param where file, line or account, and field
   * @param what is wrong there
   */
  public StateInputException(String where, String what) {
    super(where + ": " + what);
  }

  StateInputException(String where, Exception cause) {
    super(where + ": " + firstLine(cause), cause);
  }

  private static String firstLine(Exception cause) {
    String message = cause.getMessage();
    return message == null
        ? cause.getClass().getSimpleName()
        : message.lines().findFirst().orElse("");
  }
}
