package io.rekindle.merge;

/**
 * How the merge decides between re-running on the driver and handing back.
 *
 * @param roundShare share of the window's gas above which stale units go back to the executors
 * @param maxRounds after this many rounds the rest runs on the driver
 */
public record MergeSettings(double roundShare, int maxRounds) {
  public static final MergeSettings DEFAULT = new MergeSettings(0.05, 8);

  public MergeSettings {
    if (!(roundShare >= 0 && roundShare <= 1) || maxRounds < 0) {
      throw new IllegalArgumentException(
          "round share must be within 0..1 and rounds not negative: "
              + roundShare
              + ", "
              + maxRounds);
    }
  }
}
