package io.rekindle.merge;

import io.rekindle.evm.word.UInt256;
import java.util.Arrays;

/**
 * Where slots are read or written by a partition's units: a mention is the slots of one account in
 * the reads, or the writes, of one unit. Mentions of an account are a chain, from the last one on.
 * The slots' hashes are kept flat; the slots themselves stay in the outcomes.
 */
final class SlotMentions {
  private int count;
  private int[] previous = new int[16];
  private int[] run = new int[16];
  private int[] account = new int[16];

  /** Where each mention's hashes end; they start where those of the one before end. */
  private int[] ends = new int[16];

  private int[] hashes = new int[64];

  /**
   * @param before the last mention of the same account, or -1
   * @param unitRun place of the run in the partition
   * @param place of the account in the run's reads; or, with all bits inverted, in its writes
   * @return the number of the mention
   */
  int add(int before, int unitRun, int place, UInt256[] slots) {
    if (count == previous.length) {
      previous = Arrays.copyOf(previous, 2 * count);
      run = Arrays.copyOf(run, 2 * count);
      account = Arrays.copyOf(account, 2 * count);
      ends = Arrays.copyOf(ends, 2 * count);
    }
    int end = count == 0 ? 0 : ends[count - 1];
    if (hashes.length - end < slots.length) {
      hashes = Arrays.copyOf(hashes, Math.max(2 * hashes.length, end + slots.length));
    }
    for (UInt256 slot : slots) {
      hashes[end++] = slot.hashCode();
    }
    previous[count] = before;
    run[count] = unitRun;
    account[count] = place;
    ends[count] = end;
    return count++;
  }

  int previous(int mention) {
    return previous[mention];
  }

  int run(int mention) {
    return run[mention];
  }

  /** See {@link #add}. */
  int account(int mention) {
    return account[mention];
  }

  boolean written(int mention) {
    return account[mention] < 0;
  }

  int begin(int mention) {
    return mention == 0 ? 0 : ends[mention - 1];
  }

  int end(int mention) {
    return ends[mention];
  }

  /** Hash code of a slot, at a place from {@link #begin} to {@link #end}. */
  int hash(int place) {
    return hashes[place];
  }
}
