package io.rekindle.conformance;

import java.util.concurrent.Callable;

/** Turns what went wrong in a case into one line. */
final class Failure {
  private Failure() {}

  /**
   * The judgement's own words, or those for an error within it: an error fails its case, never the
   * run.
   */
  static String of(Callable<String> judgement) {
    try {
      return judgement.call();
    } catch (Exception | StackOverflowError e) {
      StackTraceElement[] trace = e.getStackTrace();
      return "error: " + e + (trace.length > 0 ? " at " + trace[0] : "");
    }
  }
}
