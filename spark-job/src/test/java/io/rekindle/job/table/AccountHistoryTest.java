package io.rekindle.job.table;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rekindle.evm.state.Account;
import io.rekindle.evm.state.AccountReads;
import io.rekindle.evm.state.Code;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import io.rekindle.merge.StateKey.Kind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AccountHistoryTest {
  private static final Hash CODE = Hash.of(1, 2, 3, 4);

  private final Random random = new Random(7);
  private final List<Account> before = new ArrayList<>();

  /** Few values, so that most entries are like the one before in most fields. */
  private Account someAccount() {
    if (random.nextInt(8) == 0) {
      return null;
    }
    return new Account(
        random.nextInt(2),
        UInt256.of(random.nextInt(6)),
        random.nextInt(6) == 0 ? CODE : Code.EMPTY_HASH);
  }

  private static AccountReads learned(int kinds, long atLeast, long below) {
    return new AccountReads(
        Address.ZERO,
        kinds,
        0,
        UInt256.ZERO,
        UInt256.of(atLeast),
        UInt256.of(below),
        0,
        Code.EMPTY_HASH,
        false,
        false,
        false,
        new UInt256[0],
        new UInt256[0]);
  }

  /** As it is told: back over all entries, until one would have been read otherwise. */
  private long walkBack(int first, Kind kind, AccountReads learned, Account now) {
    for (int i = before.size() - 1; i >= first; i--) {
      if (differs(kind, learned, before.get(i), now)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean differs(Kind kind, AccountReads learned, Account account, Account now) {
    Account found = account == null ? Account.EMPTY : account;
    Account other = now == null ? Account.EMPTY : now;
    return switch (kind) {
      case BALANCE -> balanceDiffers(learned, found.balance(), other.balance());
      case NONCE -> found.nonce() != other.nonce();
      case CODE -> !found.codeHash().equals(other.codeHash());
      case EMPTINESS -> found.isEmpty() != other.isEmpty();
      default -> (account == null) != (now == null);
    };
  }

  private static boolean balanceDiffers(AccountReads learned, UInt256 found, UInt256 other) {
    return (learned == null || learned.has(AccountReads.BALANCE))
        ? !found.equals(other)
        : (learned.has(AccountReads.AT_LEAST) && found.compareTo(learned.balanceAtLeast()) < 0)
            || (learned.has(AccountReads.BELOW) && found.compareTo(learned.balanceBelow()) >= 0);
  }

  private void check(AccountHistory history, int first) {
    Account now = someAccount();
    for (Kind kind : List.of(Kind.BALANCE, Kind.NONCE, Kind.CODE, Kind.EMPTINESS, Kind.EXISTENCE)) {
      assertEquals(walkBack(first, kind, null, now), history.lastUnlike(kind, null, now));
    }
    for (int kinds :
        List.of(
            AccountReads.AT_LEAST,
            AccountReads.BELOW,
            AccountReads.AT_LEAST | AccountReads.BELOW,
            AccountReads.BALANCE)) {
      AccountReads learned = learned(kinds, random.nextInt(8), random.nextInt(8));
      assertEquals(
          walkBack(first, Kind.BALANCE, learned, now),
          history.lastUnlike(Kind.BALANCE, learned, now));
    }
  }

  private static AccountHistory copy(AccountHistory history) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    history.write(new DataOutputStream(bytes));
    return AccountHistory.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
  }

  @Test
  void findsTheLastEntryThatAReadWouldTellFromNow() throws IOException {
    AccountHistory history = new AccountHistory();
    int first = 0;
    for (int place = 0; place < 2_000; place++) {
      check(history, first);
      Account account = someAccount();
      history.add(place, account);
      before.add(account);
      if (random.nextInt(50) == 0) {
        first = random.nextInt(place + 2 - first) + first;
        history.forget(first);
      }
      if (random.nextInt(100) == 0) {
        history = copy(history);
      }
    }
  }
}
