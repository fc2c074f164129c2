package io.rekindle.snapshot.sidecar;

import io.rekindle.evm.state.Account;
import io.rekindle.evm.state.Code;
import io.rekindle.evm.state.MissingStateException;
import io.rekindle.evm.state.StateReader;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import java.util.HashMap;
import java.util.Map;

/**
 * A state in all its versions over a range of blocks: a base, and of each key the values that
 * sidecars give, by the unit that wrote them. {@link #before} answers as of just before a unit, so
 * that units run in any order on any core, and {@link #asOf} as of a whole block. Immutable and
 * safe for threads once built.
 *
 * <p>What it answers is as right as the sidecars are: the merge validator holds every unit's writes
 * against them afterwards. One that is {@link Builder#listedOnly} throws {@link
 * MissingStateException} where it is asked for what no sidecar lists.
 */
public final class VersionedSnapshot {
  /** Block access indexes take the low bits of a version's place. */
  private static final int INDEX_BITS = 24;

  private static final class VersionedAccount {
    private final Versions<UInt256> balances = new Versions<>();
    private final Versions<Long> nonces = new Versions<>();
    private final Versions<Hash> codeHashes = new Versions<>();
    private final Versions<Boolean> existence = new Versions<>();
    private final Versions<Boolean> wipes = new Versions<>();
    private final Map<UInt256, Versions<UInt256>> slots = new HashMap<>();
  }

  private final StateReader base;
  private final long firstBlock;
  private final long lastBlock;
  private final Map<Address, VersionedAccount> accounts;
  private final Map<Hash, Code> codes;
  private final boolean listedOnly;

  private VersionedSnapshot(Builder builder) {
    this.base = builder.base;
    this.firstBlock = builder.firstBlock;
    this.lastBlock = builder.nextBlock - 1;
    this.accounts = builder.accounts;
    this.codes = builder.codes;
    this.listedOnly = builder.listedOnly;
  }

  private VersionedSnapshot(VersionedSnapshot versions, StateReader base) {
    this.base = base;
    this.firstBlock = versions.firstBlock;
    this.lastBlock = versions.lastBlock;
    this.accounts = versions.accounts;
    this.codes = versions.codes;
    this.listedOnly = versions.listedOnly;
  }

  /**
   * The same versions over another base, without a copy.
   *
   * @param other the state before the first block
   */
  public VersionedSnapshot over(StateReader other) {
    return new VersionedSnapshot(this, other);
  }

  /** Takes in sidecars of consecutive blocks, in order. */
  public static final class Builder {
    private final StateReader base;
    private final long firstBlock;
    private long nextBlock;
    private boolean listedOnly;
    private final Map<Address, VersionedAccount> accounts = new HashMap<>();
    private final Map<Hash, Code> codes = new HashMap<>();

    /**
     * @param base the state before the first block
     */
    public Builder(StateReader base, long firstBlock) {
      this.base = base;
      this.firstBlock = firstBlock;
      this.nextBlock = firstBlock;
    }

    /** Has the snapshot answer only for accounts and slots that a sidecar lists. */
    public Builder listedOnly() {
      listedOnly = true;
      return this;
    }

    /**
     * Adds the next block's sidecar.
     *
     * @throws IllegalArgumentException where its marks are not in order of account
     */
    public Builder add(Sidecar sidecar) {
      long block = nextBlock++;
      for (AccountAccess access : sidecar.list().accounts()) {
        add(block, access);
      }
      for (int index = 0; index < sidecar.units().size(); index++) {
        for (AccountMark mark : sidecar.units().get(index).marks()) {
          VersionedAccount account = account(mark.address());
          account.existence.add(place(block, index), mark.is(AccountMark.EXISTS));
          if (mark.wipes()) {
            account.wipes.add(place(block, index), true);
          }
        }
      }
      return this;
    }

    private void add(long block, AccountAccess access) {
      VersionedAccount account = account(access.address());
      for (IndexedChange<UInt256> change : access.balances()) {
        account.balances.add(place(block, change.blockAccessIndex()), change.value());
      }
      for (IndexedChange<Long> change : access.nonces()) {
        account.nonces.add(place(block, change.blockAccessIndex()), change.value());
      }
      for (IndexedChange<Code> change : access.codes()) {
        Code code = change.value();
        account.codeHashes.add(place(block, change.blockAccessIndex()), code.hash());
        codes.putIfAbsent(code.hash(), code);
      }
      for (SlotChanges slot : access.storageChanges()) {
        Versions<UInt256> versions =
            account.slots.computeIfAbsent(slot.slot(), s -> new Versions<>());
        for (IndexedChange<UInt256> change : slot.changes()) {
          versions.add(place(block, change.blockAccessIndex()), change.value());
        }
      }
      for (UInt256 slot : access.storageReads()) {
        account.slots.computeIfAbsent(slot, s -> new Versions<>());
      }
    }

    private VersionedAccount account(Address address) {
      return accounts.computeIfAbsent(address, a -> new VersionedAccount());
    }

    /** The snapshot; the builder is spent. */
    public VersionedSnapshot build() {
      return new VersionedSnapshot(this);
    }
  }

  private static long place(long block, int blockAccessIndex) {
    return block << INDEX_BITS | blockAccessIndex;
  }

  public long firstBlock() {
    return firstBlock;
  }

  public long lastBlock() {
    return lastBlock;
  }

  /** The state just before a unit. */
  public StateReader before(long block, int blockAccessIndex) {
    if (block < firstBlock || block > lastBlock) {
      throw new IllegalArgumentException(
          "block " + block + " is not of " + firstBlock + " to " + lastBlock);
    }
    return new AsOf(place(block, blockAccessIndex), listedOnly);
  }

  /** The state after a whole block, or before the first one. */
  public StateReader asOf(long block) {
    if (block < firstBlock - 1 || block > lastBlock) {
      throw new IllegalArgumentException(
          "block " + block + " is not of " + (firstBlock - 1) + " to " + lastBlock);
    }
    return new AsOf(place(block + 1, 0), listedOnly);
  }

  /**
   * The state after the last block, for what comes next: whatever no sidecar lists is as the base
   * has it.
   */
  public StateReader after() {
    return new AsOf(place(lastBlock + 1, 0), false);
  }

  /** Answers with the last version before a place. */
  private final class AsOf implements StateReader {
    private final long place;
    private final boolean listedOnly;

    AsOf(long place, boolean listedOnly) {
      this.place = place;
      this.listedOnly = listedOnly;
    }

    @Override
    public Account account(Address address) {
      VersionedAccount versions = accounts.get(address);
      if (versions == null) {
        checkListed(address, null);
        return base.account(address);
      }
      Boolean exists = versions.existence.before(place);
      if (exists == null) {
        return base.account(address);
      }
      if (!exists) {
        return null;
      }
      Account found = base.account(address);
      Account start = found == null ? Account.EMPTY : found;
      UInt256 balance = versions.balances.before(place);
      Long nonce = versions.nonces.before(place);
      Hash codeHash = versions.codeHashes.before(place);
      return new Account(
          nonce == null ? start.nonce() : nonce,
          balance == null ? start.balance() : balance,
          codeHash == null ? start.codeHash() : codeHash);
    }

    @Override
    public UInt256 storage(Address address, UInt256 slot) {
      VersionedAccount versions = accounts.get(address);
      Versions<UInt256> values = versions == null ? null : versions.slots.get(slot);
      if (values == null) {
        checkListed(address, slot);
      }
      if (versions == null) {
        return base.storage(address, slot);
      }
      long written = values == null ? -1 : values.placeBefore(place);
      long wiped = versions.wipes.placeBefore(place);
      // A unit that creates an account wipes its storage first and writes slots then.
      if (written >= 0 && written >= wiped) {
        return values.before(place);
      }
      return wiped >= 0 ? UInt256.ZERO : base.storage(address, slot);
    }

    @Override
    public boolean hasStorage(Address address) {
      VersionedAccount versions = accounts.get(address);
      if (versions == null) {
        checkListed(address, null);
        return base.hasStorage(address);
      }
      long wiped = versions.wipes.placeBefore(place);
      for (Versions<UInt256> values : versions.slots.values()) {
        long written = values.placeBefore(place);
        if (written >= 0 && written >= wiped && !values.before(place).isZero()) {
          return true;
        }
      }
      // As in an overlay: storage of the base counts until it is wiped.
      return wiped < 0 && base.hasStorage(address);
    }

    private void checkListed(Address address, UInt256 slot) {
      if (listedOnly) {
        throw new MissingStateException(
            (slot == null ? "" : "slot " + slot.toHex() + " of ") + "account " + address);
      }
    }

    @Override
    public Code code(Hash codeHash) {
      Code code = codes.get(codeHash);
      return code == null ? base.code(codeHash) : code;
    }
  }
}
