package io.rekindle.snapshot.store;

import io.rekindle.evm.word.Hash;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Walks the accounts of a store in the order of their keys, as all its layers together have them.
 * Memory does not grow with the store.
 */
final class MergedScan {
  /** Oldest first, as in the manifest. */
  private final List<LayerScan> scans = new ArrayList<>();

  private AccountRecord account;
  private Iterator<SlotRecord> slots;

  MergedScan(List<StoreLayer> layers) throws IOException {
    for (StoreLayer layer : layers) {
      scans.add(new LayerScan(layer));
    }
  }

  /** Receives an account that exists, and its slots that are not zero, by key. */
  @FunctionalInterface
  interface Visitor {
    void account(AccountRecord account, Iterator<SlotRecord> slots) throws IOException;
  }

  void run(Visitor visitor) throws IOException {
    while (next()) {
      visitor.account(account, slots);
    }
  }

  /** Steps to the next account that exists; false at the end. */
  boolean next() throws IOException {
    for (Hash key = least(); key != null; key = least()) {
      AccountRecord newest = null;
      List<Iterator<SlotRecord>> sources = new ArrayList<>();
      boolean storageGone = false;
      for (int i = scans.size() - 1; i >= 0; i--) {
        AccountRecord record = scans.get(i).current();
        if (record == null || !record.key().equals(key)) {
          continue;
        }
        if (newest == null) {
          newest = record;
        }
        if (!storageGone && record.is(AccountRecord.EXISTS)) {
          sources.add(scans.get(i).slots());
        }
        storageGone |= record.is(AccountRecord.CLEARED) || !record.is(AccountRecord.EXISTS);
        scans.get(i).advance();
      }
      if (newest.is(AccountRecord.EXISTS)) {
        account = newest;
        slots = new MergedSlots(sources);
        return true;
      }
    }
    account = null;
    slots = null;
    return false;
  }

  /** The account at hand; null at the end. */
  AccountRecord account() {
    return account;
  }

  /** Its slots that are not zero, by key, to be taken before the next step. */
  Iterator<SlotRecord> slots() {
    return slots;
  }

  private Hash least() {
    Hash least = null;
    for (LayerScan scan : scans) {
      AccountRecord record = scan.current();
      if (record != null && (least == null || record.key().compareTo(least) < 0)) {
        least = record.key();
      }
    }
    return least;
  }

  /** Slots of several layers, the newest layer's first: the first that lists a slot decides. */
  private static final class MergedSlots implements Iterator<SlotRecord> {
    private final List<Iterator<SlotRecord>> sources;
    private final SlotRecord[] heads;
    private SlotRecord next;

    MergedSlots(List<Iterator<SlotRecord>> sources) {
      this.sources = sources;
      this.heads = new SlotRecord[sources.size()];
      for (int i = 0; i < heads.length; i++) {
        pull(i);
      }
      findNext();
    }

    private void pull(int source) {
      heads[source] = sources.get(source).hasNext() ? sources.get(source).next() : null;
    }

    private void findNext() {
      do {
        next = null;
        for (SlotRecord head : heads) {
          if (head != null && (next == null || head.key().compareTo(next.key()) < 0)) {
            next = head;
          }
        }
        for (int i = 0; next != null && i < heads.length; i++) {
          if (heads[i] != null && heads[i].key().equals(next.key())) {
            pull(i);
          }
        }
      } while (next != null && next.value().isZero());
    }

    @Override
    public boolean hasNext() {
      return next != null;
    }

    @Override
    public SlotRecord next() {
      if (next == null) {
        throw new NoSuchElementException();
      }
      SlotRecord found = next;
      findNext();
      return found;
    }
  }
}
