package io.rekindle.job.table;

import io.rekindle.evm.process.Outcome;
import io.rekindle.evm.state.Account;
import io.rekindle.evm.state.AccountReads;
import io.rekindle.evm.state.AccountWrites;
import io.rekindle.evm.state.Code;
import io.rekindle.evm.state.OverlayState;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.UInt256;
import io.rekindle.merge.wire.WireReader;
import io.rekindle.merge.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * What only the driver knows of a merged unit.
 *
 * @param partition of the plan that executed it first
 * @param cluster of the plan that it belongs to
 * @param reruns how often it was executed again
 * @param nanos that its last execution took
 * @param accounts for each of its account writes, and then for each account that it read and did
 *     not write, the account just before the unit, null where there was none
 * @param slots for each of its account writes, the values before, in the order of the slots
 * @param dependencies units before it that it would have to wait for
 */
public record UnitFacts(
    int partition,
    int cluster,
    int reruns,
    long nanos,
    List<Account> accounts,
    List<UInt256[]> slots,
    List<Dependency> dependencies) {
  private static final int EXISTS = 1;
  private static final int HAS_CODE = 2;

  /**
   * @param state just before the unit
   */
  public static UnitFacts of(
      Outcome outcome, OverlayState state, int partition, int cluster, int reruns, long nanos) {
    List<Account> accounts = new ArrayList<>();
    List<UInt256[]> slots = new ArrayList<>();
    for (AccountWrites writes : outcome.writes().accounts()) {
      accounts.add(state.account(writes.address()));
      UInt256[] values = new UInt256[writes.slots().length];
      for (int i = 0; i < values.length; i++) {
        values[i] = state.storage(writes.address(), writes.slots()[i]);
      }
      slots.add(values);
    }
    for (AccountReads reads : outcome.reads().accounts()) {
      if (placeInWrites(outcome, reads.address()) < 0) {
        accounts.add(state.account(reads.address()));
      }
    }
    return new UnitFacts(partition, cluster, reruns, nanos, accounts, slots, List.of());
  }

  public UnitFacts withDependencies(List<Dependency> found) {
    return new UnitFacts(partition, cluster, reruns, nanos, accounts, slots, found);
  }

  /** The place of an account in the outcome's writes, or -1. Both are few. */
  static int placeInWrites(Outcome outcome, Address address) {
    List<AccountWrites> writes = outcome.writes().accounts();
    for (int i = 0; i < writes.size(); i++) {
      if (writes.get(i).address().equals(address)) {
        return i;
      }
    }
    return -1;
  }

  /** The account at a place of {@link #accounts}; one without anything where there was none. */
  Account before(int place) {
    Account account = accounts.get(place);
    return account == null ? Account.EMPTY : account;
  }

  void write(WireWriter out) {
    out.number(partition).number(cluster).number(reruns).number(nanos);
    out.number(accounts.size());
    for (Account account : accounts) {
      writeAccount(account, out);
    }
    out.number(slots.size());
    slots.forEach(out::words);
    out.number(dependencies.size());
    for (Dependency dependency : dependencies) {
      dependency.write(out);
    }
  }

  static UnitFacts read(WireReader in) {
    final int partition = in.count();
    final int cluster = in.count();
    final int reruns = in.count();
    final long nanos = in.number();
    List<Account> accounts = new ArrayList<>();
    for (int left = in.count(); left > 0; left--) {
      accounts.add(readAccount(in));
    }
    List<UInt256[]> slots = new ArrayList<>();
    for (int left = in.count(); left > 0; left--) {
      slots.add(in.words());
    }
    List<Dependency> dependencies = new ArrayList<>();
    for (int left = in.count(); left > 0; left--) {
      dependencies.add(Dependency.read(in));
    }
    return new UnitFacts(partition, cluster, reruns, nanos, accounts, slots, dependencies);
  }

  /**
   * @param account may be null
   */
  static void writeAccount(Account account, WireWriter out) {
    boolean code = account != null && !account.codeHash().equals(Code.EMPTY_HASH);
    out.number((account == null ? 0 : EXISTS) | (code ? HAS_CODE : 0));
    if (account != null) {
      out.number(account.nonce()).word(account.balance());
    }
    if (code) {
      out.hash(account.codeHash());
    }
  }

  static Account readAccount(WireReader in) {
    int kind = in.count();
    return (kind & EXISTS) == 0
        ? null
        : new Account(in.number(), in.word(), (kind & HAS_CODE) == 0 ? Code.EMPTY_HASH : in.hash());
  }
}
