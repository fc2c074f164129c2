package io.rekindle.evm.process;

import java.util.Objects;

/**
 * A rule held against a block.
 *
 * @param block the block's number
 * @param expected what the rule asks for; in checks of a claim, what the header claims
 * @param actual what was found
 */
public record BlockCheck(
    long block, BlockRule rule, String expected, String actual, boolean passed) {

  /** A check for equality. */
  public static BlockCheck equal(long block, BlockRule rule, Object expected, Object actual) {
    return new BlockCheck(
        block,
        rule,
        String.valueOf(expected),
        String.valueOf(actual),
        Objects.equals(expected, actual));
  }

  static BlockCheck failed(long block, BlockRule rule, String expected, String actual) {
    return new BlockCheck(block, rule, expected, actual, false);
  }

  /** One line for a report. */
  @Override
  public String toString() {
    return "block %d: %s %s: expected %s, actual %s"
        .formatted(block, rule, passed ? "holds" : "fails", expected, actual);
  }
}
