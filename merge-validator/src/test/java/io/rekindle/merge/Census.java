package io.rekindle.merge;

import io.rekindle.evm.process.Outcome;
import io.rekindle.evm.process.Unit;
import io.rekindle.evm.process.UnitResult;
import io.rekindle.evm.state.Account;
import io.rekindle.evm.state.AccountReads;
import io.rekindle.evm.state.AccountWrites;
import io.rekindle.evm.state.OverlayState;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.UInt256;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Counts in how many windows each {@link Situation} comes about. */
final class Census {
  private static final Set<Address> SYSTEM_CONTRACTS =
      Set.of(
          RandomAccounts.BEACON_ROOTS,
          RandomAccounts.HISTORY,
          RandomAccounts.WITHDRAWAL_QUEUE,
          RandomAccounts.CONSOLIDATION_QUEUE);

  private final Map<Situation, Integer> windows = new EnumMap<>(Situation.class);

  Census() {
    for (Situation situation : Situation.values()) {
      windows.put(situation, 0);
    }
  }

  Map<Situation, Integer> windows() {
    return windows;
  }

  void add(EquivalenceCase.Run run) {
    for (Situation situation : new Window(run).situations()) {
      windows.merge(situation, 1, Integer::sum);
    }
  }

  /** One window, gone through in chain order with what serial execution gave. */
  private static final class Window {
    private final RandomWindow window;
    private final List<Outcome> serial;
    private final Outcome[] speculative;
    private final int[] partitionOf;
    private final OverlayState state;
    private final Set<Situation> found = EnumSet.noneOf(Situation.class);

    private final Map<Address, Integer> lastSent = new HashMap<>();
    private final Map<Address, Integer> deployed = new HashMap<>();
    private final Map<Address, Integer> delegated = new HashMap<>();
    private final Set<Address> created = new HashSet<>();
    private final Set<Address> destroyed = new HashSet<>();
    private final Set<Address> destroyedAfterCreation = new HashSet<>();

    Window(EquivalenceCase.Run run) {
      window = run.window();
      serial = run.serial();
      speculative = new Outcome[window.units.size()];
      partitionOf = new int[window.units.size()];
      state = new OverlayState(window.base);
      for (PartitionResult partition : run.partitions()) {
        for (UnitRun unit : partition.runs()) {
          speculative[unit.index()] = unit.outcome();
          partitionOf[unit.index()] = partition.partition();
        }
      }
    }

    Set<Situation> situations() {
      note(window.ancestorsAsked > 0, Situation.BLOCKHASH);
      for (int i = 0; i < serial.size(); i++) {
        Unit unit = window.units.get(i);
        Outcome outcome = serial.get(i);
        note(outcome.result() instanceof UnitResult.Invalid, Situation.INVALID_UNIT);
        if (unit instanceof Unit.TransactionUnit transaction) {
          transaction(i, transaction);
        } else if (unit instanceof Unit.Opening opening) {
          note(opening.block().daoFork(), Situation.DAO_BLOCK);
        } else {
          unit.block()
              .withdrawals()
              .forEach(one -> note(one.amount() == 0, Situation.WITHDRAWAL_OF_ZERO));
        }
        reads(i, unit, outcome);
        writes(i, unit, outcome);
        state.apply(outcome.writes());
      }
      overdrawn();
      return found;
    }

    private void note(boolean seen, Situation situation) {
      if (seen) {
        found.add(situation);
      }
    }

    private void transaction(int place, Unit.TransactionUnit unit) {
      Address coinbase = unit.block().context().coinbase();
      note(unit.sender().equals(coinbase), Situation.COINBASE_SENDS);
      note(coinbase.equals(unit.transaction().to()), Situation.COINBASE_RECEIVES);
      Account account = state.account(coinbase);
      boolean hasCode = account != null && !account.codeHash().equals(Account.EMPTY.codeHash());
      note(hasCode, Situation.COINBASE_IS_CONTRACT);
      Integer before = lastSent.put(unit.sender(), place);
      note(elsewhere(before, place), Situation.NONCE_CHAIN_ACROSS_PARTITIONS);
      for (AccountReads reads : speculative[place].reads().accounts()) {
        if (reads.has(AccountReads.NONCE_ASSUMED)) {
          Account sender = state.account(reads.address());
          long nonce = sender == null ? 0 : sender.nonce();
          note(nonce != reads.nonce(), Situation.NONCE_WRONGLY_ASSUMED);
        }
      }
    }

    private boolean elsewhere(Integer before, int place) {
      return before != null && partitionOf[before] != partitionOf[place];
    }

    private void reads(int place, Unit unit, Outcome outcome) {
      Address coinbase = unit.block().context().coinbase();
      Map<Address, AccountReads> speculated = new HashMap<>();
      speculative[place].reads().accounts().forEach(one -> speculated.put(one.address(), one));
      for (AccountReads reads : outcome.reads().accounts()) {
        Address address = reads.address();
        AccountReads other = speculated.get(address);
        boolean transaction = unit instanceof Unit.TransactionUnit;
        if (other != null) {
          boolean flips =
              (reads.has(AccountReads.AT_LEAST) && other.has(AccountReads.BELOW))
                  || (reads.has(AccountReads.BELOW) && other.has(AccountReads.AT_LEAST));
          note(flips, Situation.FUNDS_CHECK_FLIPS);
          boolean alive =
              reads.has(AccountReads.DEAD)
                  && other.has(AccountReads.DEAD)
                  && !reads.dead()
                  && other.dead();
          note(alive && address.equals(coinbase), Situation.FEE_CREDIT_MAKES_ACCOUNT_ALIVE);
        }
        boolean balance = reads.has(AccountReads.BALANCE);
        note(transaction && balance && address.equals(coinbase), Situation.BALANCE_OF_COINBASE);
        note(
            transaction && reads.slots().length > 0 && SYSTEM_CONTRACTS.contains(address),
            Situation.SYSTEM_CONTRACT_READ);
        note(
            reads.has(AccountReads.CODE) && elsewhere(deployed.get(address), place),
            Situation.DEPLOYED_BY_ONE_UNIT_CALLED_BY_ANOTHER);
        note(
            reads.has(AccountReads.HAS_STORAGE) && reads.hasStorage(),
            Situation.CREATION_MEETS_STORAGE);
        boolean untouched =
            outcome.writes().accounts().stream().noneMatch(w -> w.address().equals(address));
        note(
            reads.has(AccountReads.AT_LEAST)
                && untouched
                && outcome.result() instanceof UnitResult.Executed,
            Situation.FUNDS_CHECK_IN_REVERTED_FRAME);
      }
    }

    private void writes(int place, Unit unit, Outcome outcome) {
      for (AccountWrites writes : outcome.writes().accounts()) {
        Address address = writes.address();
        if (writes.code() != null && !writes.code().isEmpty() && writes.created()) {
          deployed.put(address, place);
          note(SYSTEM_CONTRACTS.contains(address), Situation.SYSTEM_CONTRACT_DEPLOYED);
        }
        if (writes.code() != null && !writes.created() && !writes.destroyed()) {
          note(
              elsewhere(delegated.put(address, place), place),
              Situation.DELEGATION_CHANGED_ACROSS_PARTITIONS);
        }
        Account before = state.account(address);
        boolean cleared =
            outcome.writes().clearsEmptyAccounts() && writes.touched() && before != null;
        note(cleared && before.isEmpty() && isMereTouch(writes), Situation.EMPTY_ACCOUNT_CLEARED);
        lifecycle(writes, unit);
      }
    }

    private static boolean isMereTouch(AccountWrites writes) {
      return writes.balanceIncrease().isZero() && !writes.nonceWritten() && writes.code() == null;
    }

    private void lifecycle(AccountWrites writes, Unit unit) {
      Address address = writes.address();
      if (writes.created()) {
        note(destroyedAfterCreation.contains(address), Situation.CREATED_DESTROYED_CREATED_AGAIN);
        boolean byTransaction =
            unit instanceof Unit.TransactionUnit transaction
                && transaction.transaction().isCreate();
        note(destroyed.contains(address) && !byTransaction, Situation.CREATE2_AFTER_WIPE);
        created.add(address);
      }
      if (writes.destroyed()) {
        destroyed.add(address);
        if (created.contains(address)) {
          destroyedAfterCreation.add(address);
        }
      }
    }

    /** Whether an account that sends no transaction pays more in all than it has. */
    private void overdrawn() {
      Map<Address, Integer> payer = new HashMap<>();
      Map<Address, UInt256> paid = new HashMap<>();
      Set<Address> several = new HashSet<>();
      for (int i = 0; i < speculative.length; i++) {
        for (AccountWrites writes : speculative[i].writes().accounts()) {
          Address address = writes.address();
          if (!writes.balanceDecrease().isZero() && window.accounts.contracts.contains(address)) {
            paid.merge(address, writes.balanceDecrease(), UInt256::add);
            Integer before = payer.put(address, partitionOf[i]);
            if (before != null && before != partitionOf[i]) {
              several.add(address);
            }
          }
        }
      }
      for (Address address : several) {
        UInt256 balance = window.base.account(address).balance();
        note(paid.get(address).compareTo(balance) > 0, Situation.PAYOUTS_TOGETHER_OVERDRAW);
      }
    }
  }
}
