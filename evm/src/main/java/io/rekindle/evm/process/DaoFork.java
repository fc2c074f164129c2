package io.rekindle.evm.process;

import io.rekindle.evm.state.Journal;
import io.rekindle.evm.state.JournalAccount;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.UInt256;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * The irregular state change of the DAO fork (EIP-779): the balances of the DAO, its children and
 * their extra-balance accounts go to one contract. It reads those balances exactly.
 */
final class DaoFork {
  private static final Address RECOVERY =
      Address.ofHex("0xbf4ed7b27f1d666546e30d74d50d173d20bca754");

  private static final List<Address> ACCOUNTS = readAccounts();

  private DaoFork() {}

  static void moveBalances(Journal journal) {
    JournalAccount recovery = journal.account(RECOVERY);
    for (Address address : ACCOUNTS) {
      JournalAccount account = journal.account(address);
      UInt256 balance = journal.balance(account);
      journal.subtractBalance(account, balance);
      journal.addBalance(recovery, balance);
    }
  }

  /** The accounts, in the order of EIP-779. */
  static List<Address> accounts() {
    return ACCOUNTS;
  }

  private static List<Address> readAccounts() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(DaoFork.class.getResourceAsStream("dao-accounts.txt")),
                StandardCharsets.US_ASCII))) {
      return lines.lines().map(Address::ofHex).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
