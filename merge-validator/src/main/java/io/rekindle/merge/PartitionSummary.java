package io.rekindle.merge;

import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.UInt256;
import java.util.Arrays;

/**
 * What the units of a partition together did, account by account, as far as other partitions can
 * care. Flat: an account is an entry, a number from 0, and its fields lie in arrays; slots are not
 * copied, but found in the outcomes that go with the summary.
 */
public final class PartitionSummary {
  /** Of no account. */
  public static final PartitionSummary EMPTY = new Builder(0).build(false);

  private final int size;
  private final Address[] addresses;
  private final int[] hashes;
  private final int[] flags;
  private final Balances balances;

  /** The last mention of each entry's slots, or -1. */
  private final int[] lastMention;

  private final SlotMentions mentions;
  private final boolean undecided;

  private PartitionSummary(Builder builder, Balances balances, boolean undecided) {
    this.size = builder.size;
    this.addresses = builder.addresses;
    this.hashes = builder.hashes;
    this.flags = builder.flags;
    this.balances = balances;
    this.lastMention = builder.lastMention;
    this.mentions = builder.mentions;
    this.undecided = undecided;
  }

  /** Accounts, each an entry. */
  public int size() {
    return size;
  }

  /**
   * Whether any unit must be looked at whatever other partitions do: its outcome is invalid, or the
   * state had no answer.
   */
  public boolean undecided() {
    return undecided;
  }

  public Address address(int entry) {
    return addresses[entry];
  }

  /** Hash code of the entry's address. */
  int hash(int entry) {
    return hashes[entry];
  }

  /** Bits of {@link SummaryFlags}. */
  public int flags(int entry) {
    return flags[entry];
  }

  boolean has(int entry, int flag) {
    return (flags[entry] & flag) != 0;
  }

  /** Sum of all units' balance increases; saturated at 2^256 - 1. */
  public UInt256 gained(int entry) {
    return balances.gained(entry);
  }

  /** Sum of all units' balance decreases; saturated at 2^256 - 1. */
  public UInt256 lost(int entry) {
    return balances.lost(entry);
  }

  /**
   * By how much the balance could have been lower at every funds check that passed; null where
   * there was none.
   */
  public UInt256 spare(int entry) {
    return balances.spare(entry);
  }

  /**
   * By how much the balance could have been higher at every funds check that failed; null where
   * there was none.
   */
  public UInt256 room(int entry) {
    return balances.room(entry);
  }

  SlotMentions mentions() {
    return mentions;
  }

  int lastMention(int entry) {
    return lastMention[entry];
  }

  /** Takes where slots are. */
  @FunctionalInterface
  public interface MentionVisitor {
    /**
     * @param run place of the run in the partition
     * @param account place in the run's reads; or, with all bits inverted, in its writes
     */
    void visit(int run, int account);
  }

  public int mentionCount(int entry) {
    int count = 0;
    for (int at = lastMention[entry]; at >= 0; at = mentions.previous(at)) {
      count++;
    }
    return count;
  }

  public void visitMentions(int entry, MentionVisitor visitor) {
    for (int at = lastMention[entry]; at >= 0; at = mentions.previous(at)) {
      visitor.visit(mentions.run(at), mentions.account(at));
    }
  }

  boolean changesBalance(int entry) {
    return !gained(entry).isZero() || !lost(entry).isZero();
  }

  /** Grows a summary entry by entry. */
  public static final class Builder {
    private int size;
    private Address[] addresses;
    private int[] hashes;
    int[] flags;
    private int[] lastMention;

    private final KnownBalances balances;
    private final SlotMentions mentions = new SlotMentions();

    public Builder(int capacity) {
      this(capacity, new KnownBalances(capacity));
    }

    /** Of entries whose balances are kept elsewhere. */
    static Builder withoutBalances(int capacity) {
      return new Builder(capacity, null);
    }

    private Builder(int capacity, KnownBalances balances) {
      this.balances = balances;
      addresses = new Address[capacity];
      hashes = new int[capacity];
      flags = new int[capacity];
      lastMention = new int[capacity];
    }

    int size() {
      return size;
    }

    Address address(int entry) {
      return addresses[entry];
    }

    int hash(int entry) {
      return hashes[entry];
    }

    /** Adds an entry that is not there yet; its number. */
    public int add(Address address) {
      return add(address, address.hashCode());
    }

    int add(Address address, int hash) {
      if (size == addresses.length) {
        grow(Math.max(16, 2 * size));
      }
      addresses[size] = address;
      hashes[size] = hash;
      lastMention[size] = -1;
      return size++;
    }

    private void grow(int capacity) {
      addresses = Arrays.copyOf(addresses, capacity);
      hashes = Arrays.copyOf(hashes, capacity);
      flags = Arrays.copyOf(flags, capacity);
      lastMention = Arrays.copyOf(lastMention, capacity);
    }

    /** Notes that slots of the account are at a place of a run; see {@link MentionVisitor}. */
    public void mention(int entry, int run, int account, UInt256[] slots) {
      lastMention[entry] = mentions.add(lastMention[entry], run, account, slots);
    }

    public void flags(int entry, int entryFlags) {
      flags[entry] = entryFlags;
    }

    /**
     * @param spare null where there is none, as {@code room}
     */
    public void balance(int entry, UInt256 gained, UInt256 lost, UInt256 spare, UInt256 room) {
      balances.set(entry, gained, lost, spare, room);
    }

    /** With the balances that were set for every entry. */
    public PartitionSummary build(boolean undecided) {
      return build(balances, undecided);
    }

    PartitionSummary build(Balances observed, boolean undecided) {
      return new PartitionSummary(this, observed, undecided);
    }
  }
}
