package io.rekindle.conformance;

/**
 * The verdict on one case.
 *
 * @param file that holds it
 * @param name in the file; for a state test with fork and indexes
 * @param fork or network that it runs on
 * @param failure why it failed, in one line; null where it passed
 */
public record CaseResult(String file, String name, String fork, String failure) {
  public boolean passed() {
    return failure == null;
  }
}
