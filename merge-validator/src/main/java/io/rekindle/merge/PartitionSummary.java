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

  /** Null where it is zero, as it mostly is; as {@link #lost}. */
  private final UInt256[] gained;

  private final UInt256[] lost;
  private final UInt256[] spare;
  private final UInt256[] room;

  /** The last mention of each entry's slots, or -1. */
  private final int[] lastMention;

  private final SlotMentions mentions;
  private final boolean undecided;

  private PartitionSummary(Builder builder, boolean undecided) {
    this.size = builder.size;
    this.addresses = builder.addresses;
    this.hashes = builder.hashes;
    this.flags = builder.flags;
    this.gained = builder.gained;
    this.lost = builder.lost;
    this.spare = builder.spare;
    this.room = builder.room;
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
    return gained[entry] == null ? UInt256.ZERO : gained[entry];
  }

  /** Sum of all units' balance decreases; saturated at 2^256 - 1. */
  public UInt256 lost(int entry) {
    return lost[entry] == null ? UInt256.ZERO : lost[entry];
  }

  /**
   * By how much the balance could have been lower at every funds check that passed; null where
   * there was none.
   */
  public UInt256 spare(int entry) {
    return spare[entry];
  }

  /**
   * By how much the balance could have been higher at every funds check that failed; null where
   * there was none.
   */
  public UInt256 room(int entry) {
    return room[entry];
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
    return gained[entry] != null || lost[entry] != null;
  }

  static UInt256 addSaturated(UInt256 a, UInt256 b) {
    UInt256 sum = a.add(b);
    return sum.compareTo(a) < 0 ? UInt256.MAX : sum;
  }

  /** Grows a summary entry by entry. */
  public static final class Builder {
    private int size;
    private Address[] addresses;
    private int[] hashes;
    int[] flags;
    private UInt256[] gained;
    private UInt256[] lost;
    UInt256[] spare;
    UInt256[] room;
    private int[] lastMention;

    private final SlotMentions mentions = new SlotMentions();

    public Builder(int capacity) {
      addresses = new Address[capacity];
      hashes = new int[capacity];
      flags = new int[capacity];
      gained = new UInt256[capacity];
      lost = new UInt256[capacity];
      spare = new UInt256[capacity];
      room = new UInt256[capacity];
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
      gained = Arrays.copyOf(gained, capacity);
      lost = Arrays.copyOf(lost, capacity);
      spare = Arrays.copyOf(spare, capacity);
      room = Arrays.copyOf(room, capacity);
      lastMention = Arrays.copyOf(lastMention, capacity);
    }

    void gain(int entry, UInt256 amount) {
      gained[entry] = gained[entry] == null ? amount : addSaturated(gained[entry], amount);
    }

    void lose(int entry, UInt256 amount) {
      lost[entry] = lost[entry] == null ? amount : addSaturated(lost[entry], amount);
    }

    /** Notes that slots of the account are at a place of a run; see {@link MentionVisitor}. */
    public void mention(int entry, int run, int account, UInt256[] slots) {
      lastMention[entry] = mentions.add(lastMention[entry], run, account, slots);
    }

    public void flags(int entry, int entryFlags) {
      flags[entry] = entryFlags;
    }

    public void balance(
        int entry, UInt256 entryGained, UInt256 entryLost, UInt256 entrySpare, UInt256 entryRoom) {
      gained[entry] = entryGained.isZero() ? null : entryGained;
      lost[entry] = entryLost.isZero() ? null : entryLost;
      spare[entry] = entrySpare;
      room[entry] = entryRoom;
    }

    public PartitionSummary build(boolean undecided) {
      return new PartitionSummary(this, undecided);
    }
  }
}
