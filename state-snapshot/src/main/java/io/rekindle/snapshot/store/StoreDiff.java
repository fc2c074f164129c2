package io.rekindle.snapshot.store;

import io.rekindle.evm.state.Account;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Compares two stores, or two versions of one, in a single pass over both in the order of keys.
 * Memory grows with the slots in which one account differs.
 */
public final class StoreDiff {
  /**
   * A slot that differs.
   *
   * @param slot null where only its hash is known
   */
  public record SlotDifference(Hash key, UInt256 slot, UInt256 before, UInt256 after) {}

  /**
   * An account that differs.
   *
   * @param address null where only its hash is known
   * @param before null where it did not exist
   * @param after null where it does not exist
   * @param slots that differ, in the order of their keys
   */
  public record AccountDifference(
      Hash key, Address address, Account before, Account after, List<SlotDifference> slots) {}

  private StoreDiff() {}

  /** Hands over each account that differs, in the order of keys; gives their number. */
  public static long run(StateStore before, StateStore after, Consumer<AccountDifference> found)
      throws IOException {
    try {
      return compare(new MergedScan(before.layers()), new MergedScan(after.layers()), found);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static long compare(MergedScan one, MergedScan other, Consumer<AccountDifference> found)
      throws IOException {
    long count = 0;
    one.next();
    other.next();
    while (one.account() != null || other.account() != null) {
      int order = order(one.account(), other.account());
      MergedScan before = order <= 0 ? one : null;
      MergedScan after = order >= 0 ? other : null;
      AccountDifference difference = difference(before, after);
      if (difference != null) {
        found.accept(difference);
        count++;
      }
      if (before != null) {
        before.next();
      }
      if (after != null) {
        after.next();
      }
    }
    return count;
  }

  private static int order(AccountRecord one, AccountRecord other) {
    if (one == null || other == null) {
      return one == null ? 1 : -1;
    }
    return one.key().compareTo(other.key());
  }

  /**
   * @param before at the account, or null where it did not exist
   * @param after likewise
   */
  private static AccountDifference difference(MergedScan before, MergedScan after) {
    AccountRecord one = before == null ? null : before.account();
    AccountRecord other = after == null ? null : after.account();
    List<SlotDifference> slots =
        slots(
            before == null ? Collections.emptyIterator() : before.slots(),
            after == null ? Collections.emptyIterator() : after.slots());
    if (one != null && other != null && one.account().equals(other.account()) && slots.isEmpty()) {
      return null;
    }
    AccountRecord any = other == null ? one : other;
    AccountRecord named = any.is(AccountRecord.HAS_ADDRESS) || one == null ? any : one;
    return new AccountDifference(
        any.key(),
        named.is(AccountRecord.HAS_ADDRESS) ? named.address() : null,
        one == null ? null : one.account(),
        other == null ? null : other.account(),
        slots);
  }

  private static List<SlotDifference> slots(
      Iterator<SlotRecord> ones, Iterator<SlotRecord> others) {
    List<SlotDifference> differences = new ArrayList<>();
    SlotRecord one = next(ones);
    SlotRecord other = next(others);
    while (one != null || other != null) {
      int order = one == null ? 1 : other == null ? -1 : one.key().compareTo(other.key());
      SlotRecord before = order <= 0 ? one : null;
      SlotRecord after = order >= 0 ? other : null;
      if (before == null || after == null || !before.value().equals(after.value())) {
        differences.add(difference(before, after));
      }
      one = before == null ? one : next(ones);
      other = after == null ? other : next(others);
    }
    return differences;
  }

  private static SlotDifference difference(SlotRecord before, SlotRecord after) {
    SlotRecord any = after == null ? before : after;
    SlotRecord named = any.hasSlot() || before == null ? any : before;
    return new SlotDifference(
        any.key(),
        named.hasSlot() ? named.slot() : null,
        before == null ? UInt256.ZERO : before.value(),
        after == null ? UInt256.ZERO : after.value());
  }

  private static SlotRecord next(Iterator<SlotRecord> slots) {
    return slots.hasNext() ? slots.next() : null;
  }
}
