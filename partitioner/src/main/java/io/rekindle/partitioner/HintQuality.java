package io.rekindle.partitioner;

import io.rekindle.evm.word.Address;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * How far hints came true: expected touches held against those of the same units as observed.
 *
 * @param sources expected touches by source, and how many of them happened; a guess about an
 *     account came true where any slot of it was written
 * @param slotReads slots expected to be touched at all, and touched
 * @param slotWrites slots expected to be written, and written
 * @param observedSlotReads slots touched
 * @param observedSlotWrites slots written
 */
public record HintQuality(
    Map<HintSource, Score> sources,
    Score slotReads,
    Score slotWrites,
    long observedSlotReads,
    long observedSlotWrites) {

  /** Of {@code expected} touches, {@code happened} did. */
  public record Score(long expected, long happened) {
    static final Score NONE = new Score(0, 0);

    /** The share that happened; 1 where nothing was expected. */
    public double precision() {
      return expected == 0 ? 1 : (double) happened / expected;
    }

    /** The share of {@code observed} touches that had been expected; 1 where there were none. */
    public double recall(long observed) {
      return observed == 0 ? 1 : (double) happened / observed;
    }

    Score plus(boolean hit) {
      return new Score(expected + 1, happened + (hit ? 1 : 0));
    }

    public Score plus(Score other) {
      return new Score(expected + other.expected, happened + other.happened);
    }
  }

  public HintQuality {
    sources = Map.copyOf(sources);
  }

  /**
   * @param expected what a plan was made from
   * @param observed what the same units, in the same order, did touch
   */
  public static HintQuality compare(AccessHints expected, AccessHints observed) {
    if (expected.units() != observed.units()) {
      throw new IllegalArgumentException(
          "hints for " + expected.units() + " units, observed " + observed.units());
    }
    Map<HintSource, Score> sources = new EnumMap<>(HintSource.class);
    Score reads = Score.NONE;
    Score writes = Score.NONE;
    long slotReads = 0;
    long slotWrites = 0;
    for (int unit = 0; unit < expected.units(); unit++) {
      Map<StateKey, AccessMode> happened = new HashMap<>();
      Set<Address> changed = new HashSet<>();
      for (AccessHints.AccessHint hint : observed.of(unit)) {
        happened.put(hint.key(), hint.mode());
        if (hint.key().kind() == KeyKind.SLOT) {
          slotReads++;
          if (hint.mode().changes()) {
            slotWrites++;
            changed.add(hint.key().address());
          }
        }
      }
      for (AccessHints.AccessHint hint : expected.of(unit)) {
        AccessMode mode = happened.get(hint.key());
        boolean came =
            hint.source() == HintSource.GUESS
                ? changed.contains(hint.key().address())
                : mode != null;
        sources.merge(hint.source(), Score.NONE.plus(came), Score::plus);
        if (hint.key().kind() == KeyKind.SLOT) {
          reads = reads.plus(mode != null);
          if (hint.mode().changes()) {
            writes = writes.plus(mode != null && mode.changes());
          }
        }
      }
    }
    return new HintQuality(sources, reads, writes, slotReads, slotWrites);
  }

  /** What planning should believe of hints after this; sources not seen keep their trust. */
  public HintTrust trust(HintTrust before) {
    return new HintTrust(
        observed(HintSource.SIDECAR, before.sidecar()),
        observed(HintSource.ACCESS_LIST, before.accessList()),
        observed(HintSource.TEMPLATE, before.template()),
        observed(HintSource.TRANSACTION, before.transaction()),
        observed(HintSource.GUESS, before.guess()),
        before.missedByTemplate(),
        before.missedByGuess());
  }

  private double observed(HintSource source, double before) {
    Score score = sources.get(source);
    return score == null ? before : score.precision();
  }
}
