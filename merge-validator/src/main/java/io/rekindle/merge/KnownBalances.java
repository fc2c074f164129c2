package io.rekindle.merge;

import io.rekindle.evm.word.UInt256;
import java.util.Arrays;

/** Balances as they come with a summary from an executor. */
final class KnownBalances implements Balances {
  /** Four an entry: gained, lost, spare, room. */
  private UInt256[] amounts;

  KnownBalances(int capacity) {
    amounts = new UInt256[4 * capacity];
  }

  void set(int entry, UInt256 gained, UInt256 lost, UInt256 spare, UInt256 room) {
    int at = 4 * entry;
    if (at >= amounts.length) {
      amounts = Arrays.copyOf(amounts, Math.max(at + 4, 2 * amounts.length));
    }
    amounts[at] = gained;
    amounts[at + 1] = lost;
    amounts[at + 2] = spare;
    amounts[at + 3] = room;
  }

  @Override
  public UInt256 gained(int entry) {
    return amounts[4 * entry];
  }

  @Override
  public UInt256 lost(int entry) {
    return amounts[4 * entry + 1];
  }

  @Override
  public UInt256 spare(int entry) {
    return amounts[4 * entry + 2];
  }

  @Override
  public UInt256 room(int entry) {
    return amounts[4 * entry + 3];
  }
}
