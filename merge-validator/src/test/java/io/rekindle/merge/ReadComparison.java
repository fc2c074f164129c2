package io.rekindle.merge;

import io.rekindle.evm.state.Account;
import io.rekindle.evm.state.AccountReads;
import io.rekindle.evm.state.ReadSet;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.UInt256;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Compares what two executions of a unit learned. */
final class ReadComparison {
  private static final int KINDS = ~AccountReads.SPECULATION;

  private ReadComparison() {}

  static boolean same(ReadSet a, ReadSet b) {
    Map<Address, AccountReads> left = byAddress(a);
    Map<Address, AccountReads> right = byAddress(b);
    if (!left.keySet().equals(right.keySet())) {
      return false;
    }
    return left.values().stream().allMatch(reads -> same(reads, right.get(reads.address())));
  }

  private static Map<Address, AccountReads> byAddress(ReadSet reads) {
    Map<Address, AccountReads> map = new HashMap<>();
    for (AccountReads account : reads.accounts()) {
      if ((account.kinds() & KINDS) != 0 || account.slots().length > 0) {
        map.put(account.address(), account);
      }
    }
    return map;
  }

  private static boolean same(AccountReads a, AccountReads b) {
    if (toldByCode(a, b) || toldByCode(b, a)) {
      return true;
    }
    return (a.kinds() & KINDS) == (b.kinds() & KINDS)
        && (!a.has(AccountReads.BALANCE) || a.balance().equals(b.balance()))
        && Objects.equals(a.balanceAtLeast(), b.balanceAtLeast())
        && Objects.equals(a.balanceBelow(), b.balanceBelow())
        && (!a.has(AccountReads.NONCE) || a.nonce() == b.nonce())
        && (!a.has(AccountReads.CODE) || a.codeHash().equals(b.codeHash()))
        && (!a.has(AccountReads.DEAD) || a.dead() == b.dead())
        && (!a.has(AccountReads.EXISTS) || a.exists() == b.exists())
        && (!a.has(AccountReads.HAS_STORAGE) || a.hasStorage() == b.hasStorage())
        && slots(a).equals(slots(b));
  }

  /** That an account is not dead may be learned by its code, where there is any. */
  private static boolean toldByCode(AccountReads dead, AccountReads code) {
    boolean sameElse =
        (dead.kinds() & KINDS & ~(AccountReads.DEAD | AccountReads.CODE))
            == (code.kinds() & KINDS & ~(AccountReads.DEAD | AccountReads.CODE));
    return sameElse
        && dead.has(AccountReads.DEAD)
        && !dead.dead()
        && !code.has(AccountReads.DEAD)
        && code.has(AccountReads.CODE)
        && !code.codeHash().equals(Account.EMPTY.codeHash())
        && slots(dead).equals(slots(code));
  }

  private static Map<UInt256, UInt256> slots(AccountReads reads) {
    Map<UInt256, UInt256> slots = new HashMap<>();
    for (int i = 0; i < reads.slots().length; i++) {
      slots.put(reads.slots()[i], reads.values()[i]);
    }
    return slots;
  }
}
