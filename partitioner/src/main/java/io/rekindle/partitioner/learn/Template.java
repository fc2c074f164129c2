package io.rekindle.partitioner.learn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
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
  private static final double WEIGHT = 0.05;

  /**
   * What occurred in at least this share of the calls is expected of the next. Below a half, so
   * that both ways of a branch are: a touch foreseen in vain costs some parallelism, but one missed
   * makes the rest of its chain run twice.
   */
  private static final double LIKELY = 0.35;

  /** Share of touches that must come true, on a moving average. */
  private static final double LEAST_PRECISION = 0.5;

  /** How often a pattern occurred, and how often it changed what it touches. */
  private static final class Count {
    int seen;
    int changed;
  }

  /**
   * The likely input of a call that is made.
   *
   * @param arguments null where no word is likely
   * @param words behind the selector, or {@link TemplateKey#ANY}
   */
  record Input(Expression[] arguments, int words) {}

  private final Map<Pattern, Count> counts = new LinkedHashMap<>();
  private int runs;
  private double precision = 1;

  /** What follows from the counts, until the next lesson; null where it was not yet asked for. */
  private List<Pattern> likely;

  private Map<Pattern.Call, Input> inputs;

  /** One more call, with what it did. {@code changed} are those that wrote. */
  void learn(Set<Pattern> patterns, Set<Pattern> changed) {
    likely = null;
    inputs = null;
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

  /** Whether it is to be believed about slots; what it calls is followed all the same. */
  boolean hasVote() {
    return precision >= LEAST_PRECISION;
  }

  /** How many calls it was learned from, older ones counting less. */
  int runs() {
    return runs;
  }

  /** Patterns that are expected of the next call. */
  List<Pattern> likely() {
    if (likely == null) {
      likely = new ArrayList<>();
      for (Map.Entry<Pattern, Count> entry : counts.entrySet()) {
        if (entry.getValue().seen >= LIKELY * runs) {
          likely.add(entry.getKey());
        }
      }
    }
    return likely;
  }

  /** The likely input of a call that this template makes. */
  Input input(Pattern.Call call) {
    if (inputs == null) {
      inputs = new HashMap<>();
    }
    return inputs.computeIfAbsent(call, this::votedInput);
  }

  /** For each word what was passed most often, if that was often enough. */
  private Input votedInput(Pattern.Call call) {
    Expression[] arguments = new Expression[CallFrame.MAX_ARGUMENTS];
    int[] most = new int[arguments.length];
    double enough = LIKELY * counts.get(call).seen;
    int length = 0;
    int words = TemplateKey.ANY;
    for (Map.Entry<Pattern, Count> entry : counts.entrySet()) {
      int seen = entry.getValue().seen;
      if (entry.getKey() instanceof Pattern.Passed passed && passed.call().equals(call)) {
        int index = passed.index();
        if (seen > most[index] && seen >= enough) {
          most[index] = seen;
          arguments[index] = passed.word();
          length = Math.max(length, index + 1);
        }
      } else if (entry.getKey() instanceof Pattern.Words counted && counted.call().equals(call)) {
        words = seen > enough ? counted.count() : words;
      }
    }
    return new Input(Arrays.copyOf(arguments, length), words);
  }

  /** Whether the pattern changes what it touches more often than not. */
  boolean changes(Pattern pattern) {
    Count count = counts.get(pattern);
    return 2 * count.changed >= count.seen;
  }
}
