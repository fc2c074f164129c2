package io.rekindle.partitioner;

import io.rekindle.evm.chain.AccessListEntry;
import io.rekindle.evm.chain.Authorization;
import io.rekindle.evm.chain.Header;
import io.rekindle.evm.chain.Senders;
import io.rekindle.evm.chain.Transaction;
import io.rekindle.evm.chain.Withdrawal;
import io.rekindle.evm.engine.ContractAddress;
import io.rekindle.evm.process.BlockInput;
import io.rekindle.evm.process.Unit;
import io.rekindle.evm.state.AccountReads;
import io.rekindle.evm.state.AccountWrites;
import io.rekindle.evm.state.Code;
import io.rekindle.evm.state.ReadSet;
import io.rekindle.evm.state.WriteSet;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.UInt256;
import java.util.List;

/** Adds the hints of single units to a builder: from the unit itself, or from what it once did. */
public final class UnitHints {
  /** The beacon roots contract and the length of each of its two rings (EIP-4788). */
  private static final Address BEACON_ROOTS =
      Address.ofHex("0x000f3df6d732807ef1319fb7b8bb8522d0beac02");

  private static final long BEACON_RING = 8191;

  /** The block hash contract and the length of its ring (EIP-2935). */
  private static final Address BLOCK_HASHES =
      Address.ofHex("0x0000f90827f1c53a10cb7a02335b175320002935");

  private static final long BLOCK_HASH_RING = 8191;

  /** The queues of withdrawal and consolidation requests (EIP-7002, EIP-7251). */
  private static final List<Address> QUEUES =
      List.of(
          Address.ofHex("0x00000961ef480eb55e80d19ad83579a64c007002"),
          Address.ofHex("0x0000bbddc7ce488642fb579f8b00f3a590007251"));

  /** Their first slots: excess, count, head and tail. */
  private static final int QUEUE_SLOTS = 4;

  private UnitHints() {}

  /**
   * What is known without having executed anything: sender, recipient, fee recipient, the contract
   * that is created, the access list, who signed authorizations (recovering them takes about as
   * long as recovering senders), and the fixed acts of openings and closings. Does not start the
   * unit.
   */
  public static void addKnown(AccessHints.Builder builder, Unit unit) {
    if (unit instanceof Unit.TransactionUnit transaction) {
      addTransaction(builder, transaction);
    } else if (unit instanceof Unit.Opening opening) {
      addOpening(builder, opening.block());
    } else {
      addClosing(builder, unit.block());
    }
  }

  private static void addTransaction(AccessHints.Builder builder, Unit.TransactionUnit unit) {
    if (unit.sender() == null) {
      // Nobody has signed it, so that it is invalid and touches nothing.
      return;
    }
    Transaction transaction = unit.transaction();
    HintSource source = HintSource.TRANSACTION;
    // The nonce is assumed, not looked up, and the funds are a bound that rarely breaks: neither
    // makes a unit wait for the sender's earlier ones.
    builder.add(unit.sender(), KeyKind.NONCE, AccessMode.DELTA, source);
    builder.add(unit.sender(), KeyKind.BALANCE, AccessMode.DELTA, source);
    builder.add(unit.sender(), KeyKind.CODE, AccessMode.READ, source);
    addCredit(builder, unit.block().context().coinbase());
    if (transaction.isCreate()) {
      addCreated(builder, ContractAddress.of(unit.sender(), transaction.nonce()));
    } else {
      builder.add(transaction.to(), KeyKind.CODE, AccessMode.READ, source);
      if (!transaction.value().isZero()) {
        addCredit(builder, transaction.to());
      }
    }
    for (AccessListEntry entry : transaction.accessList()) {
      builder.add(entry.address(), KeyKind.CODE, AccessMode.READ, HintSource.ACCESS_LIST);
      for (UInt256 slot : entry.slots()) {
        // The list does not say whether a slot is written; most slots worth listing are.
        builder.addSlot(entry.address(), slot, AccessMode.WRITE, HintSource.ACCESS_LIST);
      }
    }
    for (Authorization authorization : transaction.authorizations()) {
      builder.add(authorization.delegate(), KeyKind.CODE, AccessMode.READ, source);
      Address authority = Senders.authority(authorization);
      if (authority != null) {
        builder.add(authority, KeyKind.CODE, AccessMode.WRITE, source);
        builder.add(authority, KeyKind.NONCE, AccessMode.WRITE, source);
      }
    }
  }

  /** A contract that a transaction creates; whoever calls it in the same window has to wait. */
  private static void addCreated(AccessHints.Builder builder, Address created) {
    for (KeyKind kind : new KeyKind[] {KeyKind.NONCE, KeyKind.CODE, KeyKind.EXISTENCE}) {
      builder.add(created, kind, AccessMode.WRITE, HintSource.TRANSACTION);
    }
  }

  private static void addCredit(AccessHints.Builder builder, Address address) {
    builder.add(address, KeyKind.BALANCE, AccessMode.DELTA, HintSource.TRANSACTION);
  }

  private static void addOpening(AccessHints.Builder builder, BlockInput block) {
    HintSource source = HintSource.TRANSACTION;
    if (block.context().fork().beaconRoots()) {
      long index = Long.remainderUnsigned(block.context().timestamp(), BEACON_RING);
      builder.add(BEACON_ROOTS, KeyKind.CODE, AccessMode.READ, source);
      builder.addSlot(BEACON_ROOTS, UInt256.of(index), AccessMode.WRITE, source);
      builder.addSlot(BEACON_ROOTS, UInt256.of(index + BEACON_RING), AccessMode.WRITE, source);
    }
    if (block.context().fork().historyStorage() && block.context().number() > 0) {
      long index = Long.remainderUnsigned(block.context().number() - 1, BLOCK_HASH_RING);
      builder.add(BLOCK_HASHES, KeyKind.CODE, AccessMode.READ, source);
      builder.addSlot(BLOCK_HASHES, UInt256.of(index), AccessMode.WRITE, source);
    }
  }

  private static void addClosing(AccessHints.Builder builder, BlockInput block) {
    if (block.context().fork().requests()) {
      for (Address queue : QUEUES) {
        builder.add(queue, KeyKind.CODE, AccessMode.READ, HintSource.TRANSACTION);
        for (int slot = 0; slot < QUEUE_SLOTS; slot++) {
          builder.addSlot(queue, UInt256.of(slot), AccessMode.WRITE, HintSource.TRANSACTION);
        }
      }
    }
    for (Withdrawal withdrawal : block.withdrawals()) {
      addCredit(builder, withdrawal.address());
    }
    if (block.context().fork().blockReward() > 0) {
      addCredit(builder, block.context().coinbase());
      for (Header ommer : block.ommers()) {
        addCredit(builder, ommer.coinbase());
      }
    }
  }

  /**
   * What a unit did touch. Bounds on balances are left out: they hold in nearly every order, and
   * the merge checks them without running anything.
   */
  public static void addObserved(
      AccessHints.Builder builder, ReadSet reads, WriteSet writes, HintSource source) {
    for (AccountReads account : reads.accounts()) {
      addReads(builder, account, source);
    }
    for (AccountWrites account : writes.accounts()) {
      addWrites(builder, account, writes.clearsEmptyAccounts(), assumed(reads, account), source);
    }
  }

  private static boolean assumed(ReadSet reads, AccountWrites writes) {
    if (writes.nonceWritten()) {
      for (AccountReads account : reads.accounts()) {
        if (account.address().equals(writes.address())) {
          return account.has(AccountReads.NONCE_ASSUMED);
        }
      }
    }
    return false;
  }

  private static void addReads(
      AccessHints.Builder builder, AccountReads account, HintSource source) {
    Address address = account.address();
    if (account.has(AccountReads.BALANCE)) {
      builder.add(address, KeyKind.BALANCE, AccessMode.READ, source);
    }
    if (account.has(AccountReads.NONCE)) {
      AccessMode mode =
          account.has(AccountReads.NONCE_ASSUMED) ? AccessMode.DELTA : AccessMode.READ;
      builder.add(address, KeyKind.NONCE, mode, source);
    }
    if (account.has(AccountReads.CODE)) {
      builder.add(address, KeyKind.CODE, AccessMode.READ, source);
    }
    if (account.has(AccountReads.DEAD)) {
      builder.add(address, KeyKind.EXISTENCE, AccessMode.READ, source);
      if (account.nonce() == 0 && account.codeHash().equals(Code.EMPTY_HASH)) {
        // Only the balance decides, so that a credit overturns it.
        builder.add(address, KeyKind.BALANCE, AccessMode.READ, source);
      }
    }
    if (account.has(AccountReads.EXISTS | AccountReads.HAS_STORAGE)) {
      builder.add(address, KeyKind.EXISTENCE, AccessMode.READ, source);
    }
    for (UInt256 slot : account.slots()) {
      builder.addSlot(address, slot, AccessMode.READ, source);
    }
  }

  private static void addWrites(
      AccessHints.Builder builder,
      AccountWrites account,
      boolean clearsEmptyAccounts,
      boolean nonceAssumed,
      HintSource source) {
    Address address = account.address();
    if (account.created() || account.destroyed()) {
      builder.add(address, KeyKind.EXISTENCE, AccessMode.WRITE, source);
    } else if (account.touched() && !clearsEmptyAccounts) {
      builder.add(address, KeyKind.EXISTENCE, AccessMode.DELTA, source);
    }
    if (account.destroyed()) {
      builder.add(address, KeyKind.BALANCE, AccessMode.WRITE, source);
      builder.add(address, KeyKind.NONCE, AccessMode.WRITE, source);
      builder.add(address, KeyKind.CODE, AccessMode.WRITE, source);
      return;
    }
    if (!account.balanceIncrease().isZero() || !account.balanceDecrease().isZero()) {
      builder.add(address, KeyKind.BALANCE, AccessMode.DELTA, source);
    }
    if (account.nonceWritten()) {
      AccessMode mode = nonceAssumed ? AccessMode.DELTA : AccessMode.WRITE;
      builder.add(address, KeyKind.NONCE, mode, source);
    }
    if (account.code() != null) {
      builder.add(address, KeyKind.CODE, AccessMode.WRITE, source);
    }
    for (UInt256 slot : account.slots()) {
      builder.addSlot(address, slot, AccessMode.WRITE, source);
    }
  }
}
