package io.rekindle.merge;

import io.rekindle.partitioner.AccessHints;
import io.rekindle.partitioner.AccessHints.AccessHint;
import io.rekindle.partitioner.HintSource;
import io.rekindle.partitioner.KeyKind;

/**
 * Which prediction of the plan led to a conflict.
 *
 * @param source where the failed hints came from: of {@link Cause#SEPARATED} the source of the
 *     reader's hint for the key, else the most trusted source that told anything of the unit that
 *     was not expected to touch it; null where there is none
 */
public record HintAtFault(Cause cause, HintSource source) {
  /** What went wrong. */
  public enum Cause {
    /** No hint said that the unit would read the key. */
    READER_UNEXPECTED,
    /** No hint said that the earlier unit would write the key. */
    WRITER_UNEXPECTED,
    /** Both were expected, and the plan put them into different partitions or rounds. */
    SEPARATED,
    /** No unit before wrote the key: the unit itself cannot be executed as it was assumed. */
    ASSUMPTION
  }

  /**
   * @param hints that the window was planned by
   */
  public static HintAtFault of(Conflict conflict, AccessHints hints) {
    if (conflict.writer() < 0) {
      return new HintAtFault(Cause.ASSUMPTION, null);
    }
    HintSource reader = sourceOf(hints, conflict.unit(), conflict.key(), false);
    if (reader == null) {
      return new HintAtFault(Cause.READER_UNEXPECTED, mostTrusted(hints, conflict.unit()));
    }
    if (sourceOf(hints, conflict.writer(), conflict.key(), true) == null) {
      return new HintAtFault(Cause.WRITER_UNEXPECTED, mostTrusted(hints, conflict.writer()));
    }
    return new HintAtFault(Cause.SEPARATED, reader);
  }

  /** Where it is known from that the unit touches, or changes, the key; null where it is not. */
  private static HintSource sourceOf(AccessHints hints, int unit, StateKey key, boolean changes) {
    for (AccessHint hint : hints.of(unit)) {
      if (names(hint.key(), key) && (!changes || hint.mode().changes())) {
        return hint.source();
      }
    }
    return null;
  }

  private static boolean names(io.rekindle.partitioner.StateKey hinted, StateKey key) {
    if (!hinted.address().equals(key.address())) {
      return false;
    }
    KeyKind kind = hinted.kind();
    if (kind == null) {
      return true;
    }
    return switch (key.kind()) {
      case BALANCE -> kind == KeyKind.BALANCE;
      case NONCE -> kind == KeyKind.NONCE;
      case CODE -> kind == KeyKind.CODE;
      case EMPTINESS -> kind != KeyKind.SLOT;
      case EXISTENCE, HAS_STORAGE -> kind == KeyKind.EXISTENCE;
      case STORAGE -> kind == KeyKind.SLOT && key.slot().equals(hinted.slot());
      case UNKNOWN -> false;
    };
  }

  private static HintSource mostTrusted(AccessHints hints, int unit) {
    HintSource best = null;
    for (AccessHint hint : hints.of(unit)) {
      if (best == null || hint.source().compareTo(best) < 0) {
        best = hint.source();
      }
    }
    return best;
  }
}
