package io.rekindle.snapshot;

import io.rekindle.evm.state.Account;
import io.rekindle.evm.state.Code;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Collects the entries of a {@link Layer}. The same slot of an account is not to come twice. */
final class LayerBuilder {
  private int accountCount;
  private long[] accounts;
  private int slotCount;
  private int[] slotAccounts;
  private long[] slots;
  private final List<Hash> codeHashes = new ArrayList<>();
  private final Map<Hash, Integer> codeNumbers = new HashMap<>();
  private final Map<Hash, Code> codes = new HashMap<>();

  LayerBuilder(int expectedAccounts, int expectedSlots) {
    accounts = new long[Layer.ACCOUNT_WORDS * Math.max(expectedAccounts, 8)];
    slotAccounts = new int[Math.max(expectedSlots, 8)];
    slots = new long[SlotTable.WORDS * Math.max(expectedSlots, 8)];
  }

  /** Adds an account and answers its number. */
  int account(Address address, Account account, int flags, int incarnation) {
    int at = Layer.ACCOUNT_WORDS * accountCount;
    if (at == accounts.length) {
      accounts = Arrays.copyOf(accounts, grown(accountCount) * Layer.ACCOUNT_WORDS);
    }
    accounts[at] = address.limb0();
    accounts[at + 1] = address.limb1();
    accounts[at + 2] = address.limb2() << 32 | (codeNumber(account.codeHash()) & 0xFFFFFFFFL);
    accounts[at + 3] = account.nonce();
    account.balance().toLimbs(accounts, at + 4);
    accounts[at + 8] = ((long) incarnation << 8 & 0xFFFFFF00L) | flags;
    return accountCount++;
  }

  private int codeNumber(Hash hash) {
    if (hash.equals(Code.EMPTY_HASH)) {
      return Layer.NO_CODE;
    }
    Integer number = codeNumbers.putIfAbsent(hash, codeHashes.size());
    if (number == null) {
      codeHashes.add(hash);
      return codeHashes.size() - 1;
    }
    return number;
  }

  private static int grown(int count) {
    return count + (count >> 1) + 8;
  }

  /** Sets the number of non-zero slots that the account has in all. */
  void nonZeroSlots(int account, int count) {
    int at = Layer.ACCOUNT_WORDS * account + 8;
    accounts[at] = (accounts[at] & 0xFFFFFFFFL) | (long) count << 32;
  }

  void slot(int account, UInt256 slot, UInt256 value) {
    if (slotCount == slotAccounts.length) {
      slotAccounts = Arrays.copyOf(slotAccounts, grown(slotCount));
      slots = Arrays.copyOf(slots, slotAccounts.length * SlotTable.WORDS);
    }
    slotAccounts[slotCount] = account;
    slot.toLimbs(slots, SlotTable.WORDS * slotCount);
    value.toLimbs(slots, SlotTable.WORDS * slotCount + 4);
    slotCount++;
  }

  void code(Code code) {
    if (!code.isEmpty()) {
      codes.put(code.hash(), code);
    }
  }

  /** Hashes of code that accounts have and that did not come. */
  List<Hash> missingCodes() {
    List<Hash> missing = new ArrayList<>();
    for (Hash hash : codeHashes) {
      if (!codes.containsKey(hash)) {
        missing.add(hash);
      }
    }
    return missing;
  }

  /** The layer. */
  Layer build() {
    return new Layer(
        accountCount,
        Arrays.copyOf(accounts, Layer.ACCOUNT_WORDS * accountCount),
        SlotTable.build(accountCount, accounts, slotCount, slotAccounts, slots),
        codeHashes.toArray(Hash[]::new),
        codes);
  }
}
