package io.rekindle.partitioner.learn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What calls of one kind do: patterns, and in how many of the calls seen each of them occurred. A
 * template that is often wrong loses its vote until it is right again.
 */
final class Template {
  private static final int MAX_PATTERNS = 192;
  private static final int HALVE_AT = 256;
  private static final double WEIGHT = 0.2;

  /** Share of touches that must come true, on a moving average. */
  private static final double LEAST_PRECISION = 0.5;

  /** Something that a call may do. */
  sealed interface Pattern {
    /** Touches a slot of its own account. */
    record Slot(Expression number) implements Pattern {}

    /** Reads the exact balance of its own account. */
    record Balance() implements Pattern {}

    /**
     * Makes a call.
     *
     * @param delegate whether the code runs on the caller's storage
     */
    record Call(boolean delegate, Expression target, long selector, boolean paid)
        implements Pattern {}

    /** Passes a word as an argument of a call that it makes. */
    record Passed(Call call, int index, Expression word) implements Pattern {}
  }

  /** How often a pattern occurred, and how often it changed what it touches. */
  private static final class Count {
    int seen;
    int changed;
  }

  private final Map<Pattern, Count> counts = new LinkedHashMap<>();
  private int runs;
  private double precision = 1;

  /** One more call, with what it did. {@code changed} are those that wrote. */
  void learn(Set<Pattern> patterns, Set<Pattern> changed) {
    runs++;
    for (Pattern pattern : patterns) {
      Count count = counts.get(pattern);
      if (count == null) {
        makeRoom();
        count = new Count();
        counts.put(pattern, count);
      }
      count.seen++;
      count.changed += changed.contains(pattern) ? 1 : 0;
    }
    if (runs >= HALVE_AT) {
      halve();
    }
  }

  private void makeRoom() {
    if (counts.size() < MAX_PATTERNS) {
      return;
    }
    Pattern rarest = null;
    int least = Integer.MAX_VALUE;
    for (Map.Entry<Pattern, Count> entry : counts.entrySet()) {
      if (entry.getValue().seen < least) {
        least = entry.getValue().seen;
        rarest = entry.getKey();
      }
    }
    counts.remove(rarest);
  }

  /** Old calls count less and less, and what no longer happens is forgotten. */
  private void halve() {
    runs /= 2;
    counts
        .values()
        .removeIf(
            count -> {
              count.seen /= 2;
              count.changed /= 2;
              return count.seen == 0;
            });
  }

  /** Of {@code expected} touches, {@code happened} did. */
  void score(int expected, int happened) {
    if (expected > 0) {
      precision += WEIGHT * ((double) happened / expected - precision);
    }
  }

  boolean hasVote() {
    return precision >= LEAST_PRECISION;
  }

  /**
   * The arguments of a call that this template makes: for each the word that was passed most often,
   * or null where none was passed in at least this share of the calls.
   */
  Expression[] arguments(Pattern.Call call, double share) {
    Expression[] arguments = new Expression[CallFrame.MAX_ARGUMENTS];
    int[] most = new int[arguments.length];
    int calls = counts.get(call).seen;
    int length = 0;
    for (Map.Entry<Pattern, Count> entry : counts.entrySet()) {
      if (entry.getKey() instanceof Pattern.Passed passed && passed.call().equals(call)) {
        int seen = entry.getValue().seen;
        int index = passed.index();
        if (seen > most[index] && seen >= share * calls) {
          most[index] = seen;
          arguments[index] = passed.word();
          length = Math.max(length, index + 1);
        }
      }
    }
    return Arrays.copyOf(arguments, length);
  }

  /** Patterns that occurred in at least this share of the calls. */
  List<Pattern> likely(double share) {
    List<Pattern> likely = new ArrayList<>();
    for (Map.Entry<Pattern, Count> entry : counts.entrySet()) {
      if (entry.getValue().seen >= share * runs) {
        likely.add(entry.getKey());
      }
    }
    return likely;
  }

  /** Whether the pattern changes what it touches more often than not. */
  boolean changes(Pattern pattern) {
    Count count = counts.get(pattern);
    return 2 * count.changed >= count.seen;
  }
}
