package io.rekindle.partitioner;

/**
 * How likely an expected touch is to happen, by its source, each in 0..1. A predicted conflict
 * between two touches is as likely as both of them together.
 */
public record HintTrust(
    double sidecar, double accessList, double template, double transaction, double guess) {
  /** Before anything was observed: exact sidecars, and guesses for the rest. */
  public static final HintTrust DEFAULT = new HintTrust(1, 0.7, 0.8, 0.9, 0.5);

  public HintTrust {
    for (double value : new double[] {sidecar, accessList, template, transaction, guess}) {
      if (!(value >= 0 && value <= 1)) {
        throw new IllegalArgumentException("no probability: " + value);
      }
    }
  }

  public double of(HintSource source) {
    return switch (source) {
      case SIDECAR -> sidecar;
      case ACCESS_LIST -> accessList;
      case TEMPLATE -> template;
      case TRANSACTION -> transaction;
      case GUESS -> guess;
    };
  }
}
