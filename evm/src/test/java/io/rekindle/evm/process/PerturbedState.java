package io.rekindle.evm.process;

import io.rekindle.evm.state.Account;
import io.rekindle.evm.state.AccountReads;
import io.rekindle.evm.state.Code;
import io.rekindle.evm.state.ReadSet;
import io.rekindle.evm.state.StateReader;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/**
 * A state that differs from another wherever a read set leaves it free to: every recorded read
 * holds on it, and everything else is changed at random. A unit that recorded all it learned cannot
 * tell the two apart.
 */
final class PerturbedState implements StateReader {
  private static final Code OTHER_CODE = Code.of(Bytecode.of(1, 0, "SSTORE", "INVALID"));

  private final StateReader base;
  private final long seed;
  private final Map<Address, AccountReads> reads = new HashMap<>();

  PerturbedState(StateReader base, ReadSet readSet, long seed) {
    this.base = base;
    this.seed = seed;
    for (AccountReads account : readSet.accounts()) {
      reads.put(account.address(), account);
    }
  }

  private Random random(Address address) {
    return new Random(seed * 31 + address.hashCode());
  }

  private boolean learned(Address address, int kind) {
    AccountReads known = reads.get(address);
    return known != null && known.has(kind);
  }

  @Override
  public Account account(Address address) {
    Account before = base.account(address);
    Random random = random(address);
    Account after = changed(before == null ? Account.EMPTY : before, address, random);
    if (learned(address, AccountReads.DEAD)
        && after.isEmpty() != (before == null || before.isEmpty())) {
      // What was changed decides whether the account is dead: take back what was free.
      after = before == null ? Account.EMPTY : before;
    }
    boolean exists = learned(address, AccountReads.EXISTS) ? before != null : random.nextBoolean();
    return exists || !after.isEmpty() ? after : null;
  }

  private Account changed(Account before, Address address, Random random) {
    long nonce = learned(address, AccountReads.NONCE) ? before.nonce() : random.nextInt(4);
    Hash codeHash = before.codeHash();
    if (!learned(address, AccountReads.CODE)) {
      codeHash = random.nextBoolean() ? Code.EMPTY_HASH : OTHER_CODE.hash();
    }
    boolean keepsMissing = learned(address, AccountReads.EXISTS) && base.account(address) == null;
    return keepsMissing
        ? Account.EMPTY
        : new Account(nonce, balance(before, address, random), codeHash);
  }

  private UInt256 balance(Account before, Address address, Random random) {
    AccountReads known = reads.get(address);
    if (known != null && known.has(AccountReads.BALANCE)) {
      return before.balance();
    }
    UInt256 least = UInt256.ZERO;
    if (known != null && known.has(AccountReads.AT_LEAST)) {
      least = known.balanceAtLeast();
    }
    if (known != null && known.has(AccountReads.BELOW)) {
      UInt256 most = known.balanceBelow().subtract(UInt256.ONE);
      return random.nextBoolean() ? least : most;
    }
    return switch (random.nextInt(3)) {
      case 0 -> least;
      case 1 -> least.add(UInt256.of(random.nextInt(1_000)));
      default -> least.add(UInt256.of(random.nextLong() >>> 1));
    };
  }

  @Override
  public UInt256 storage(Address address, UInt256 slot) {
    AccountReads known = reads.get(address);
    if (known != null) {
      for (int i = 0; i < known.slots().length; i++) {
        if (known.slots()[i].equals(slot)) {
          return known.values()[i];
        }
      }
    }
    return UInt256.of(random(address).nextInt(4));
  }

  @Override
  public boolean hasStorage(Address address) {
    return learned(address, AccountReads.HAS_STORAGE)
        ? reads.get(address).hasStorage()
        : random(address).nextBoolean();
  }

  @Override
  public Code code(Hash codeHash) {
    return codeHash.equals(OTHER_CODE.hash()) ? OTHER_CODE : base.code(codeHash);
  }
}
