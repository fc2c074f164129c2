package io.rekindle.partitioner;

/**
 * What a plan is made for.
 *
 * @param cores that run at the same time, at least 1
 * @param partitionsPerCore at least 1; a few let a core that is done early take another
 * @param level how finely the strategy {@code clusters} tells conflicts apart; {@code accounts} is
 *     {@code clusters} at the account level
 * @param trust how likely hints are to come true, for the price of a cut
 * @param spread how likely a unit that is run again because of one key changes another key it
 *     writes to another value than before, 0..1
 * @param seed orders clusters of equal cost; the same seed gives the same plan
 * @param senders whether the units of one sender are kept together
 */
public record PlanSettings(
    int cores,
    int partitionsPerCore,
    KeyLevel level,
    Cutting cutting,
    Senders senders,
    HintTrust trust,
    double spread,
    long seed) {

  /**
   * As measured on the sample chain, where it predicts what is run again to within a tenth: a
   * payment to a trader makes a swap that ran elsewhere stale, yet mostly leaves what the swap does
   * to its pool as it was.
   */
  public static final double DEFAULT_SPREAD = 0.1;

  /** Whether clusters may be cut at a key, at the price of predicted re-runs. */
  public enum Cutting {
    ON,
    OFF
  }

  /**
   * What holds the units of one sender together. Their assumed nonces stay valid wherever they run,
   * so parting them makes no re-run, but the merge then has to look at each.
   */
  public enum Senders {
    /** Together unless parting them shortens the plan; only at {@link KeyLevel#SLOT}. */
    TOGETHER,
    /** Nothing. */
    FREE
  }

  public PlanSettings {
    if (cores < 1 || partitionsPerCore < 1 || (long) cores * partitionsPerCore > 1 << 24) {
      throw new IllegalArgumentException(
          cores + " cores with " + partitionsPerCore + " partitions each");
    }
    if (!(spread >= 0 && spread <= 1)) {
      throw new IllegalArgumentException("no probability: " + spread);
    }
  }

  /** Three partitions a core, slot level, cutting on. */
  public static PlanSettings forCores(int cores) {
    return new PlanSettings(
        cores,
        3,
        KeyLevel.SLOT,
        Cutting.ON,
        Senders.TOGETHER,
        HintTrust.DEFAULT,
        DEFAULT_SPREAD,
        0);
  }

  public int partitions() {
    return cores * partitionsPerCore;
  }

  public PlanSettings withCores(int newCores) {
    return new PlanSettings(
        newCores, partitionsPerCore, level, cutting, senders, trust, spread, seed);
  }

  public PlanSettings withPartitionsPerCore(int number) {
    return new PlanSettings(cores, number, level, cutting, senders, trust, spread, seed);
  }

  public PlanSettings withLevel(KeyLevel newLevel) {
    return new PlanSettings(
        cores, partitionsPerCore, newLevel, cutting, senders, trust, spread, seed);
  }

  public PlanSettings withCutting(Cutting newCutting) {
    return new PlanSettings(
        cores, partitionsPerCore, level, newCutting, senders, trust, spread, seed);
  }

  public PlanSettings withSenders(Senders newSenders) {
    return new PlanSettings(
        cores, partitionsPerCore, level, cutting, newSenders, trust, spread, seed);
  }

  public PlanSettings withTrust(HintTrust newTrust) {
    return new PlanSettings(
        cores, partitionsPerCore, level, cutting, senders, newTrust, spread, seed);
  }

  public PlanSettings withSpread(double newSpread) {
    return new PlanSettings(
        cores, partitionsPerCore, level, cutting, senders, trust, newSpread, seed);
  }

  public PlanSettings withSeed(long newSeed) {
    return new PlanSettings(
        cores, partitionsPerCore, level, cutting, senders, trust, spread, newSeed);
  }
}
