package io.rekindle.partitioner;

/**
 * How likely an expected touch is to happen, by its source, each in 0..1. A predicted conflict
 * between two touches is as likely as both of them together.
 *
 * @param missedByTemplate how likely a unit that is foreseen by templates has a conflict that no
 *     hint tells of, if all of the window before it ran elsewhere
 * @param missedByGuess the same of a unit of which something could only be guessed
 */
public record HintTrust(
    double sidecar,
    double accessList,
    double template,
    double transaction,
    double guess,
    double missedByTemplate,
    double missedByGuess) {
  /**
   * Before anything was observed: exact sidecars, and for the rest what fits the sample chain,
   * where it predicts what windows ran twice to within a third.
   */
  public static final HintTrust DEFAULT = new HintTrust(1, 0.7, 0.8, 0.9, 0.5, 0.1, 1);

  public HintTrust {
    for (double value :
        new double[] {
          sidecar, accessList, template, transaction, guess, missedByTemplate, missedByGuess
        }) {
      if (!(value >= 0 && value <= 1)) {
        throw new IllegalArgumentException("no probability: " + value);
      }
    }
  }

  public HintTrust withMissed(double byTemplate, double byGuess) {
    return new HintTrust(sidecar, accessList, template, transaction, guess, byTemplate, byGuess);
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

  /**
   * How likely a unit has a conflict that no hint tells of, if all of the window before it ran
   * elsewhere.
   *
   * @param weakest the least trusted source of the unit's hints
   */
  double missedBy(HintSource weakest) {
    return switch (weakest) {
      case GUESS -> missedByGuess;
      case TEMPLATE -> missedByTemplate;
      case SIDECAR, ACCESS_LIST, TRANSACTION -> 0;
    };
  }
}
