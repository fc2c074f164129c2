package io.rekindle.job.table;

import io.rekindle.evm.state.Account;
import io.rekindle.evm.state.AccountReads;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import io.rekindle.merge.StateKey.Kind;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What happened to one account, oldest first. Places order units along the chain; the account and
 * each of its slots are noted where a unit changed them.
 *
 * <p>A popular contract changes its balance in most units and its code in none, and a busy sender's
 * funds suffice in all of them. So that nobody walks over all entries to find that out, every entry
 * knows, for each kind of read, the last one before it that differs, and the last ones with less
 * and with more balance.
 */
final class AccountHistory {
  private static final long NEVER = -1;
  private static final List<Kind> KINDS =
      List.of(Kind.BALANCE, Kind.NONCE, Kind.CODE, Kind.EMPTINESS, Kind.EXISTENCE);

  /** Columns after those of the kinds: the last entry with less balance, and with more. */
  private static final int LESS = KINDS.size();

  private static final int MORE = LESS + 1;
  private static final int WIDTH = MORE + 1;

  private int count;
  private long[] places = new long[2];

  /** The account just before each place. */
  private Account[] before = new Account[2];

  /** For each entry and column, the last entry before it that differs so, or -1. */
  private int[] unlike = new int[2 * WIDTH];

  private long wiped = NEVER;
  private long lastSlot = NEVER;
  private final Map<UInt256, Long> slots = new HashMap<>();

  /**
   * Notes a change of the account.
   *
   * @param account just before it, or null
   */
  void add(long place, Account account) {
    if (count == places.length) {
      places = Arrays.copyOf(places, 2 * count);
      before = Arrays.copyOf(before, 2 * count);
      unlike = Arrays.copyOf(unlike, 2 * unlike.length);
    }
    int last = count - 1;
    for (int kind = 0; kind < LESS; kind++) {
      boolean differs = last < 0 || differs(KINDS.get(kind), before[last], account);
      unlike[count * WIDTH + kind] = differs ? last : unlike[last * WIDTH + kind];
    }
    UInt256 balance = balance(account);
    unlike[count * WIDTH + LESS] = lastBelow(balance);
    unlike[count * WIDTH + MORE] = lastAbove(balance);
    places[count] = place;
    before[count++] = account;
  }

  /** Notes a change of a slot. */
  void add(long place, UInt256 slot) {
    slots.put(slot, place);
    lastSlot = place;
  }

  /** Notes that all storage went. */
  void wipe(long place) {
    wiped = place;
    slots.clear();
  }

  /**
   * The last place before which a read of the account would have been another; negative where there
   * is none.
   *
   * @param kind of the account's own fields
   * @param learned null for a plain look
   * @param now the account as it was read, or null
   */
  long lastUnlike(Kind kind, AccountReads learned, Account now) {
    int entry;
    if (kind == Kind.BALANCE && learned != null && !learned.has(AccountReads.BALANCE)) {
      entry = lastOutside(learned);
    } else {
      int last = count - 1;
      boolean differs = last < 0 || differs(kind, before[last], now);
      entry = differs ? last : unlike[last * WIDTH + KINDS.indexOf(kind)];
    }
    return entry < 0 ? NEVER : places[entry];
  }

  /** Whether the account differs from another in what a plain look of the kind sees. */
  private static boolean differs(Kind kind, Account account, Account another) {
    Account found = account == null ? Account.EMPTY : account;
    Account other = another == null ? Account.EMPTY : another;
    return switch (kind) {
      case BALANCE -> !found.balance().equals(other.balance());
      case NONCE -> found.nonce() != other.nonce();
      case CODE -> !found.codeHash().equals(other.codeHash());
      case EMPTINESS -> found.isEmpty() != other.isEmpty();
      case EXISTENCE -> (account == null) != (another == null);
      default -> throw new IllegalArgumentException(kind + " is not of an account");
    };
  }

  /** The last entry whose balance is outside the bounds that a read has learned; or -1. */
  private int lastOutside(AccountReads learned) {
    int below = learned.has(AccountReads.AT_LEAST) ? lastBelow(learned.balanceAtLeast()) : -1;
    return learned.has(AccountReads.BELOW)
        ? Math.max(below, lastNotBelow(learned.balanceBelow()))
        : below;
  }

  // Entries after the next one in these chains have no less, or no more, than the one that failed.

  private int lastBelow(UInt256 balance) {
    int entry = count - 1;
    while (entry >= 0 && balance(before[entry]).compareTo(balance) >= 0) {
      entry = unlike[entry * WIDTH + LESS];
    }
    return entry;
  }

  private int lastAbove(UInt256 balance) {
    int entry = count - 1;
    while (entry >= 0 && balance(before[entry]).compareTo(balance) <= 0) {
      entry = unlike[entry * WIDTH + MORE];
    }
    return entry;
  }

  private int lastNotBelow(UInt256 balance) {
    int entry = count - 1;
    while (entry >= 0 && balance(before[entry]).compareTo(balance) < 0) {
      entry = unlike[entry * WIDTH + MORE];
    }
    return entry;
  }

  private static UInt256 balance(Account account) {
    return account == null ? UInt256.ZERO : account.balance();
  }

  /** The last place where a slot changed; negative where there is none. */
  long changed(UInt256 slot) {
    Long written = slots.get(slot);
    return written == null ? wiped : Math.max(wiped, written);
  }

  /** The last place where any slot changed; negative where there is none. */
  long storageChanged() {
    return Math.max(wiped, lastSlot);
  }

  /** Drops what is before a place; whether nothing is left. */
  boolean forget(long start) {
    int old = 0;
    while (old < count && places[old] < start) {
      old++;
    }
    int end = Math.max(count, old + 2);
    places = Arrays.copyOfRange(places, old, end);
    before = Arrays.copyOfRange(before, old, end);
    unlike = Arrays.copyOfRange(unlike, old * WIDTH, end * WIDTH);
    for (int i = 0; i < unlike.length; i++) {
      unlike[i] = Math.max(-1, unlike[i] - old);
    }
    count -= old;
    slots.values().removeIf(place -> place < start);
    return count == 0 && slots.isEmpty() && wiped < start && lastSlot < start;
  }

  // ---------------------------------------------------------------- flat form

  void write(DataOutputStream out) throws IOException {
    out.writeInt(count);
    for (int i = 0; i < count; i++) {
      out.writeLong(places[i]);
      writeAccount(before[i], out);
    }
    out.writeLong(wiped);
    out.writeLong(lastSlot);
    out.writeInt(slots.size());
    for (Map.Entry<UInt256, Long> slot : slots.entrySet()) {
      out.write(slot.getKey().toBytes());
      out.writeLong(slot.getValue());
    }
  }

  static AccountHistory read(DataInputStream in) throws IOException {
    AccountHistory history = new AccountHistory();
    for (int left = in.readInt(); left > 0; left--) {
      history.add(in.readLong(), readAccount(in));
    }
    history.wiped = in.readLong();
    history.lastSlot = in.readLong();
    for (int left = in.readInt(); left > 0; left--) {
      history.slots.put(UInt256.ofBytes(in.readNBytes(32)), in.readLong());
    }
    return history;
  }

  /**
   * @param account may be null
   */
  private static void writeAccount(Account account, DataOutputStream out) throws IOException {
    out.writeBoolean(account != null);
    if (account != null) {
      out.writeLong(account.nonce());
      out.write(account.balance().toBytes());
      out.write(account.codeHash().toBytes());
    }
  }

  private static Account readAccount(DataInputStream in) throws IOException {
    if (!in.readBoolean()) {
      return null;
    }
    long nonce = in.readLong();
    UInt256 balance = UInt256.ofBytes(in.readNBytes(32));
    return new Account(nonce, balance, Hash.ofBytes(in.readNBytes(32)));
  }
}
