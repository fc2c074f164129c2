package io.rekindle.conformance;

/** How many cases passed and failed. */
public record Tally(long passed, long failed) {
  @Override
  public String toString() {
    return passed + " passed, " + failed + " failed";
  }
}
