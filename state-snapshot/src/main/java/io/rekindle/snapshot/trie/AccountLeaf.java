package io.rekindle.snapshot.trie;

import io.rekindle.evm.state.Account;
import io.rekindle.evm.word.Hash;

/** An account with the root of its storage trie. */
final class AccountLeaf extends Leaf {
  private final Account account;
  private final Node storage;

  /**
   * @param storage sealed as a root; null where the storage is empty
   */
  AccountLeaf(Hash key, Account account, Node storage) {
    super(key);
    this.account = account;
    this.storage = storage;
  }

  private AccountLeaf(AccountLeaf other) {
    super(other.key3, other.key2, other.key1, other.key0);
    this.account = other.account;
    this.storage = other.storage;
  }

  Account account() {
    return account;
  }

  Node storage() {
    return storage;
  }

  @Override
  AccountLeaf moved() {
    return isOpen() ? this : new AccountLeaf(this);
  }
}
