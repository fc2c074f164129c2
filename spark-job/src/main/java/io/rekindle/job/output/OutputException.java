package io.rekindle.job.output;

import java.io.IOException;
import org.apache.hadoop.fs.FSError;

/**
 * Where a run writes, that fails: no space is left, there is no permission, the file system is
 * gone. The message names the folder or file.
 */
public final class OutputException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private OutputException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * What to throw for what writing threw: this exception where a file system is at the bottom of
   * it, or else the same again.
   *
   * @param path of the folder or file that was written to
   */
  public static RuntimeException of(String path, Throwable error) {
    if (error instanceof OutputException known) {
      return known;
    }
    String problem = problem(error);
    if (problem != null) {
      boolean named = problem.contains(path.replaceFirst("^[a-z0-9]+:/*", "/"));
      return new OutputException(
          "cannot write" + (named ? ": " : " to " + path + ": ") + problem, error);
    }
    if (error instanceof Error fatal) {
      throw fatal;
    }
    return error instanceof RuntimeException same ? same : new IllegalStateException(error);
  }

  /** The first line of what the file system said, or null where it said nothing. */
  private static String problem(Throwable error) {
    Throwable told = null;
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      boolean isOfFiles = cause instanceof IOException || cause instanceof FSError;
      if (isOfFiles && (told == null || isWrapping(told))) {
        told = cause;
      }
    }
    if (told == null) {
      return null;
    }
    String message = told.getMessage();
    return message == null || message.isBlank()
        ? told.getClass().getSimpleName()
        : message.strip().lines().findFirst().orElseThrow();
  }

  /**
   * Whether another error of a file system says more where it is below this one: a format's writer
   * tells by a plain exception all that it could not write, and the local file system throws an
   * error of its own around the exception.
   */
  private static boolean isWrapping(Throwable error) {
    return error.getClass() == IOException.class || error instanceof FSError;
  }
}
