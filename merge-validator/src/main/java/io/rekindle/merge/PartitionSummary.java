package io.rekindle.merge;

import io.rekindle.evm.word.UInt256;
import java.util.Arrays;

/**
 * What the units of a partition together did, account by account, as far as other partitions can
 * care. An account is an entry, a number from 0. Slots are not copied, but found in the outcomes
 * that go with the summary.
 */
public final class PartitionSummary {
  /** Of no account. */
  public static final PartitionSummary EMPTY = new Builder(0).build(false);

  private final int size;
  private final AccountSummary[] accounts;
  private final int[] hashes;
  private final SlotMentions mentions;
  private final boolean undecided;
  private final boolean hasUnmetAssumptions;

  private PartitionSummary(Builder builder, boolean undecided) {
    this.size = builder.size;
    this.accounts = builder.accounts;
    this.hashes = builder.hashes;
    this.mentions = builder.mentions;
    this.undecided = undecided;
    this.hasUnmetAssumptions = (builder.allFlags & SummaryFlags.UNMET) != 0;
  }

  /** Accounts, each an entry. */
  public int size() {
    return size;
  }

  public AccountSummary account(int entry) {
    return accounts[entry];
  }

  /**
   * Whether any unit must be looked at whatever other partitions do: its outcome is invalid, or the
   * state had no answer.
   */
  public boolean undecided() {
    return undecided;
  }

  /** Whether any account's flags have one of {@link SummaryFlags#UNMET}. */
  boolean hasUnmetAssumptions() {
    return hasUnmetAssumptions;
  }

  /** Hash codes of the entries' addresses, in order, and then others. Not to be changed. */
  int[] hashes() {
    return hashes;
  }

  SlotMentions mentions() {
    return mentions;
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
    for (int at = accounts[entry].lastMention(); at >= 0; at = mentions.previous(at)) {
      count++;
    }
    return count;
  }

  public void visitMentions(int entry, MentionVisitor visitor) {
    for (int at = accounts[entry].lastMention(); at >= 0; at = mentions.previous(at)) {
      visitor.visit(mentions.run(at), mentions.account(at));
    }
  }

  /** Grows a summary entry by entry. */
  public static final class Builder {
    private int size;
    private AccountSummary[] accounts;
    private int[] hashes;
    private int allFlags;
    private final SlotMentions mentions = new SlotMentions();

    /**
     * @param capacity accounts expected
     */
    public Builder(int capacity) {
      accounts = new AccountSummary[capacity];
      hashes = new int[capacity];
    }

    /** Adds an account that is not there yet, whose flags are {@link #note}d as they come. */
    void add(AccountSummary account, int hash) {
      if (size == accounts.length) {
        int capacity = Math.max(16, 2 * size);
        accounts = Arrays.copyOf(accounts, capacity);
        hashes = Arrays.copyOf(hashes, capacity);
      }
      accounts[size] = account;
      hashes[size++] = hash;
    }

    /** Adds an account that is not there yet, complete. */
    public void add(AccountSummary account) {
      note(account.flags());
      add(account, account.address().hashCode());
    }

    /** Notes that some account has these flags. */
    void note(int flags) {
      allFlags |= flags;
    }

    /**
     * Notes that slots of an account are at a place of a run; see {@link MentionVisitor}.
     *
     * @param before the last mention of the same account, or -1
     * @return the number of the mention
     */
    public int mention(int before, int run, int account, UInt256[] slots) {
      return mentions.add(before, run, account, slots);
    }

    public PartitionSummary build(boolean undecided) {
      return new PartitionSummary(this, undecided);
    }
  }
}
