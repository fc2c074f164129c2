package io.rekindle.evm.fork;

import io.rekindle.evm.word.UInt256;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * When a chain changes its rules: by block number up to Gray Glacier, by total difficulty at the
 * merge (EIP-3675), by timestamp from Shanghai on. Immutable.
 */
public final class ForkSchedule {
  /** What makes a fork active. */
  public sealed interface Trigger {}

  /** From the block of this number on. */
  public record AtBlock(long number) implements Trigger {}

  /** From the first block with this timestamp or a later one on, in seconds. */
  public record AtTime(long timestamp) implements Trigger {}

  /**
   * From the block on whose parent's total difficulty reaches this.
   *
   * @param block the number of that block, or null where it is not known beforehand
   */
  public record AtTotalDifficulty(UInt256 totalDifficulty, Long block) implements Trigger {}

  /** A fork and when its rules begin. */
  public record Activation(Fork fork, Trigger trigger) {
    public Activation {
      Objects.requireNonNull(fork);
      Objects.requireNonNull(trigger);
    }
  }

  /** Says whether a merge whose block is not known beforehand has happened. */
  private interface MergeTest {
    boolean merged(UInt256 terminalTotalDifficulty);
  }

  private final List<Activation> activations;

  private ForkSchedule(List<Activation> activations) {
    this.activations = List.copyOf(activations);
  }

  /**
   * @param activations in the order of their forks; before the first, Frontier's rules hold
   * @throws IllegalArgumentException where a fork stands behind a later one
   */
  public static ForkSchedule of(List<Activation> activations) {
    for (int i = 1; i < activations.size(); i++) {
      Fork fork = activations.get(i).fork();
      Fork before = activations.get(i - 1).fork();
      if (!fork.isAtLeast(before)) {
        throw new IllegalArgumentException(fork + " stands behind " + before);
      }
    }
    return new ForkSchedule(activations);
  }

  /** The same rules from genesis on, for ever. */
  public static ForkSchedule always(Fork fork) {
    return of(List.of(new Activation(fork, new AtBlock(0))));
  }

  /** The forks and what makes them active, in their order. */
  public List<Activation> activations() {
    return activations;
  }

  /**
   * The rules of a block, where the merge needs no look at difficulties.
   *
   * @param timestamp in seconds
   * @throws IllegalStateException where the block is one from which on the merge may have happened,
   *     and the chain knows that by total difficulty only
   */
  public Fork forkAt(long number, long timestamp) {
    return find(
        number,
        timestamp,
        terminal -> {
          throw new IllegalStateException(
              "block " + number + ": the merge of this chain is set by total difficulty only");
        });
  }

  /**
   * The rules of a block.
   *
   * @param parentTotalDifficulty the sum of difficulties from genesis to the block's parent
   */
  public Fork forkAt(long number, long timestamp, UInt256 parentTotalDifficulty) {
    return find(number, timestamp, terminal -> parentTotalDifficulty.compareTo(terminal) >= 0);
  }

  /**
   * The rules that a block claims to follow: its own difficulty is zero if and only if it comes
   * after the merge. This takes the header's word; {@link #forkAt(long, long, UInt256)} does not.
   *
   * @param difficulty in the block's header
   */
  public Fork forkOfHeader(long number, long timestamp, UInt256 difficulty) {
    return find(number, timestamp, terminal -> difficulty.isZero());
  }

  private Fork find(long number, long timestamp, MergeTest mergeTest) {
    for (int i = activations.size() - 1; i >= 0; i--) {
      Activation activation = activations.get(i);
      if (active(activation.trigger(), number, timestamp, mergeTest)) {
        return activation.fork();
      }
    }
    return Fork.FRONTIER;
  }

  private static boolean active(Trigger trigger, long number, long timestamp, MergeTest mergeTest) {
    if (trigger instanceof AtBlock at) {
      return Long.compareUnsigned(number, at.number()) >= 0;
    }
    if (trigger instanceof AtTime at) {
      return Long.compareUnsigned(timestamp, at.timestamp()) >= 0;
    }
    AtTotalDifficulty at = (AtTotalDifficulty) trigger;
    return at.block() == null
        ? mergeTest.merged(at.totalDifficulty())
        : Long.compareUnsigned(number, at.block()) >= 0;
  }

  /** The same with other blob schedules, by the names of forks in any case. */
  ForkSchedule withBlobSchedules(Map<String, BlobSchedule> schedules) {
    return new ForkSchedule(
        activations.stream()
            .map(
                activation ->
                    new Activation(adapted(activation.fork(), schedules), activation.trigger()))
            .toList());
  }

  private static Fork adapted(Fork fork, Map<String, BlobSchedule> schedules) {
    for (Map.Entry<String, BlobSchedule> entry : schedules.entrySet()) {
      if (entry.getKey().equalsIgnoreCase(fork.name())) {
        return fork.withBlobSchedule(fork.name(), entry.getValue());
      }
    }
    return fork;
  }
}
