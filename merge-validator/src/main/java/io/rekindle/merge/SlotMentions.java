package io.rekindle.merge;

import io.rekindle.evm.word.UInt256;
import java.util.Arrays;

/**
 * Where slots are read or written by a partition's units: a mention is the slots of one account in
 * the reads, or the writes, of one unit. Mentions of an account are a chain, from the last one on.
 * The slots' hashes are kept flat; the slots themselves stay in the outcomes.
 */
final class SlotMentions {
  private static final int[] NONE = {};

  /** Of each mention, side by side, what the constants below say. */
  private int[] fields = NONE;

  private static final int FIELDS = 4;
  private static final int PREVIOUS = 0;
  private static final int RUN = 1;
  private static final int ACCOUNT = 2;

  /** Where the mention's hashes end; they start where those of the one before end. */
  private static final int END = 3;

  private int count;
  private int[] hashes = NONE;
  private int hashCount;

  /**
   * @param before the last mention of the same account, or -1
   * @param unitRun place of the run in the partition
   * @param place of the account in the run's reads; or, with all bits inverted, in its writes
   * @return the number of the mention
   */
  int add(int before, int unitRun, int place, UInt256[] slots) {
    int at = FIELDS * count;
    if (at == fields.length) {
      fields = Arrays.copyOf(fields, Math.max(16 * FIELDS, 2 * at));
    }
    if (hashes.length - hashCount < slots.length) {
      int capacity = Math.max(64, 2 * hashes.length);
      hashes = Arrays.copyOf(hashes, Math.max(capacity, hashCount + slots.length));
    }
    for (UInt256 slot : slots) {
      hashes[hashCount++] = slot.hashCode();
    }
    fields[at + PREVIOUS] = before;
    fields[at + RUN] = unitRun;
    fields[at + ACCOUNT] = place;
    fields[at + END] = hashCount;
    return count++;
  }

  int previous(int mention) {
    return fields[FIELDS * mention + PREVIOUS];
  }

  int run(int mention) {
    return fields[FIELDS * mention + RUN];
  }

  /** See {@link #add}. */
  int account(int mention) {
    return fields[FIELDS * mention + ACCOUNT];
  }

  boolean written(int mention) {
    return account(mention) < 0;
  }

  int begin(int mention) {
    return mention == 0 ? 0 : end(mention - 1);
  }

  int end(int mention) {
    return fields[FIELDS * mention + END];
  }

  /** Hash code of a slot, at a place from {@link #begin} to {@link #end}. */
  int hash(int place) {
    return hashes[place];
  }
}
