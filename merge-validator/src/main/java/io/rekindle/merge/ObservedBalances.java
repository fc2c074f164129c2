package io.rekindle.merge;

import io.rekindle.evm.state.Account;
import io.rekindle.evm.state.AccountReads;
import io.rekindle.evm.state.OverlayState;
import io.rekindle.evm.word.UInt256;
import java.util.Arrays;

/**
 * Balances as an executor sees them. What nobody else may ever ask for is not computed: a balance
 * that only rises, or only falls, is told by the partition's state in the end; of funds checks the
 * tightest is kept as it was recorded.
 */
final class ObservedBalances implements Balances {
  private OverlayState.Change[] changes;
  private byte[] directions;

  /** Of balances that both rose and fell, as {@link #lost}; else null. */
  private UInt256[] gained;

  private UInt256[] lost;
  private AccountReads[] leastSpare;
  private AccountReads[] leastRoom = {};

  private static final int ROSE = 1;
  private static final int FELL = 2;

  ObservedBalances(int capacity) {
    changes = new OverlayState.Change[capacity];
    directions = new byte[capacity];
    gained = new UInt256[0];
    lost = new UInt256[0];
    leastSpare = new AccountReads[capacity];
  }

  /** Makes room for an entry that is written from now on. */
  void written(int entry, OverlayState.Change change) {
    if (entry >= changes.length) {
      int capacity = Math.max(entry + 1, 2 * changes.length);
      changes = Arrays.copyOf(changes, capacity);
      directions = Arrays.copyOf(directions, capacity);
    }
    changes[entry] = change;
  }

  /** Adds what a unit does to a balance, before it is applied; one of the two is zero. */
  void add(int entry, UInt256 increase, UInt256 decrease) {
    int direction = (increase.isZero() ? 0 : ROSE) | (decrease.isZero() ? 0 : FELL);
    int known = directions[entry];
    if ((known | direction) == (ROSE | FELL)) {
      sum(entry, increase, decrease);
    }
    directions[entry] |= (byte) direction;
  }

  private void sum(int entry, UInt256 increase, UInt256 decrease) {
    if (entry >= gained.length) {
      gained = Arrays.copyOf(gained, changes.length);
      lost = Arrays.copyOf(lost, changes.length);
    }
    UInt256 before = gained(entry);
    lost[entry] = Balances.addSaturated(lost(entry), decrease);
    gained[entry] = Balances.addSaturated(before, increase);
  }

  void passed(int entry, AccountReads check) {
    if (entry >= leastSpare.length) {
      leastSpare = Arrays.copyOf(leastSpare, Math.max(entry + 1, 2 * leastSpare.length));
    }
    AccountReads known = leastSpare[entry];
    if (known == null || spare(check).compareTo(spare(known)) < 0) {
      leastSpare[entry] = check;
    }
  }

  void failed(int entry, AccountReads check) {
    if (entry >= leastRoom.length) {
      leastRoom = Arrays.copyOf(leastRoom, Math.max(entry + 1, 2 * leastRoom.length));
    }
    AccountReads known = leastRoom[entry];
    if (known == null || room(check).compareTo(room(known)) < 0) {
      leastRoom[entry] = check;
    }
  }

  private static UInt256 spare(AccountReads check) {
    return check.balance().subtract(check.balanceAtLeast());
  }

  private static UInt256 room(AccountReads check) {
    return check.balanceBelow().subtract(UInt256.ONE).subtract(check.balance());
  }

  @Override
  public UInt256 gained(int entry) {
    if (entry >= directions.length || (directions[entry] & ROSE) == 0) {
      return UInt256.ZERO;
    }
    if (entry < gained.length && gained[entry] != null) {
      return gained[entry];
    }
    UInt256 before = balance(changes[entry].base());
    UInt256 now = balance(changes[entry].account());
    return now.compareTo(before) < 0 ? UInt256.MAX : now.subtract(before);
  }

  @Override
  public UInt256 lost(int entry) {
    if (entry >= directions.length || (directions[entry] & FELL) == 0) {
      return UInt256.ZERO;
    }
    if (entry < lost.length && lost[entry] != null) {
      return lost[entry];
    }
    return balance(changes[entry].base()).subtract(balance(changes[entry].account()));
  }

  private static UInt256 balance(Account account) {
    return account == null ? UInt256.ZERO : account.balance();
  }

  @Override
  public UInt256 spare(int entry) {
    return entry >= leastSpare.length || leastSpare[entry] == null
        ? null
        : spare(leastSpare[entry]);
  }

  @Override
  public UInt256 room(int entry) {
    return entry >= leastRoom.length || leastRoom[entry] == null ? null : room(leastRoom[entry]);
  }
}
