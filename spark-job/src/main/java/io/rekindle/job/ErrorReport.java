package io.rekindle.job;

import io.rekindle.conformance.FixtureException;
import io.rekindle.job.archive.ArchiveException;
import io.rekindle.job.output.OutputException;
import io.rekindle.snapshot.importer.StateInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What to tell of an error: one line, and whether the input is to blame. */
public final class ErrorReport {
  /**
   * How Spark names a file that it could not read, where the end of the sentence is followed by
   * details; and how Hadoop and Parquet do, whose errors Spark 3.5 passes on.
   */
  private static final List<Pattern> UNREADABLE =
      List.of(
          Pattern.compile("Encountered error while reading file (.+?)\\.(?:\\s|$)"),
          Pattern.compile("Checksum error: (.+?) at \\d+"),
          Pattern.compile("(\\S+) is not a Parquet file"));

  private ErrorReport() {}

  /** Whether other input or options would help, as opposed to a defect of the program. */
  public static boolean isBadInput(Throwable error) {
    Throwable told = told(error);
    return isAboutInput(told)
        || sparkHasStopped(error)
        || unreadableFile(error) != null
        || told instanceof IllegalArgumentException
        || told instanceof IOException
        || told instanceof UncheckedIOException;
  }

  public static String oneLine(Throwable error) {
    Throwable told = told(error);
    if (!isAboutInput(told) && sparkHasStopped(error)) {
      return "Spark has stopped: its master did not answer, or somebody ended the application";
    }
    String unreadable = isAboutInput(told) ? null : unreadableFile(error);
    if (unreadable != null) {
      return unreadable;
    }
    String message = told.getMessage();
    if (told instanceof NoSuchFileException) {
      return message + ": there is no such file";
    }
    if (told instanceof FileAlreadyExistsException) {
      return message + ": there is a file of this name already";
    }
    if (told instanceof AccessDeniedException) {
      return message + ": permission denied";
    }
    if (message == null || message.isBlank()) {
      return told.getClass().getSimpleName() + " (--debug shows where)";
    }
    return message.strip().replaceAll("\\s*\\R\\s*", " ");
  }

  /**
   * The error itself, or what it was caused by where that speaks of the input: what a task throws
   * comes to the driver in a wrapping of Spark's.
   */
  private static Throwable told(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (isAboutInput(cause)) {
        return cause;
      }
    }
    return error instanceof UncheckedIOException ? error.getCause() : error;
  }

  /**
   * The file of a table that Spark could not read, and why, in a line; null where that is not what
   * went wrong.
   */
  static String unreadableFile(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      for (Pattern unreadable : UNREADABLE) {
        Matcher named = unreadable.matcher(String.valueOf(cause.getMessage()));
        if (named.find()) {
          return named.group(1) + ": damaged, or not to be read";
        }
      }
    }
    return null;
  }

  /** Whether Spark was gone when it was asked for something; it has no type for that. */
  private static boolean sparkHasStopped(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage());
      if (message.startsWith("Cannot call methods on a stopped SparkContext")
          || message.contains("cancelled because SparkContext was shut down")) {
        return true;
      }
    }
    return false;
  }

  private static boolean isAboutInput(Throwable error) {
    return error instanceof FixtureException
        || error instanceof ArchiveException
        || error instanceof OutputException
        || error instanceof StateInputException;
  }
}
