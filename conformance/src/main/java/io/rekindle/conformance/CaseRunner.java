package io.rekindle.conformance;

import com.fasterxml.jackson.databind.JsonNode;

/** Judges the tests of one format. Used by one thread. */
interface CaseRunner extends AutoCloseable {
  /** Takes the verdict on one case of a test. */
  @FunctionalInterface
  interface Verdicts {
    /**
     * @param failure why the case failed, or null where it passed
     */
    void add(String name, String fork, String failure);
  }

  /** Runs every case of a test that the selection wants. */
  void run(String name, JsonNode test, Selection selection, Verdicts verdicts);

  @Override
  default void close() {}
}
