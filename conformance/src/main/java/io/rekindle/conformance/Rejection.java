package io.rekindle.conformance;

import java.util.List;

/**
 * That a transaction or a block was refused.
 *
 * @param reasons the enum constants that name the rules that were broken, the one that decided
 *     first
 * @param detail of that one, for people
 */
public record Rejection(List<Enum<?>> reasons, String detail) {
  Rejection(Enum<?> reason, String detail) {
    this(List.of(reason), detail);
  }

  @Override
  public String toString() {
    return reasons + " (" + detail + ")";
  }
}
