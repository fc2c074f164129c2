package io.rekindle.snapshot.trie;

import io.rekindle.evm.state.Account;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;

/**
 * An account with the root of its storage trie. Its fields lie in the leaf itself, where the
 * encoder finds them in one place: a trie of millions of accounts fits no cache.
 */
final class AccountLeaf extends Leaf {
  final long nonce;
  final long balance3;
  final long balance2;
  final long balance1;
  final long balance0;
  final Hash codeHash;
  private final Node storage;

  /**
   * @param storage sealed as a root; null where the storage is empty
   */
  AccountLeaf(Hash key, Account account, Node storage) {
    super(key);
    UInt256 balance = account.balance();
    this.nonce = account.nonce();
    this.balance3 = balance.limb3();
    this.balance2 = balance.limb2();
    this.balance1 = balance.limb1();
    this.balance0 = balance.limb0();
    this.codeHash = account.codeHash();
    this.storage = storage;
  }

  private AccountLeaf(AccountLeaf other) {
    super(other.key3, other.key2, other.key1, other.key0);
    this.nonce = other.nonce;
    this.balance3 = other.balance3;
    this.balance2 = other.balance2;
    this.balance1 = other.balance1;
    this.balance0 = other.balance0;
    this.codeHash = other.codeHash;
    this.storage = other.storage;
  }

  Account account() {
    return new Account(nonce, UInt256.of(balance3, balance2, balance1, balance0), codeHash);
  }

  /** Whether the account has these fields. */
  boolean holds(Account account) {
    UInt256 balance = account.balance();
    return nonce == account.nonce()
        && balance0 == balance.limb0()
        && balance1 == balance.limb1()
        && balance2 == balance.limb2()
        && balance3 == balance.limb3()
        && codeHash.equals(account.codeHash());
  }

  Node storage() {
    return storage;
  }

  @Override
  AccountLeaf moved() {
    return isOpen() ? this : new AccountLeaf(this);
  }
}
