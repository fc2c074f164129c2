package io.rekindle.snapshot.trie;

import io.rekindle.evm.state.Account;
import io.rekindle.evm.word.Hash;

/** An account's new fields and changed slots; a null account removes it with its storage. */
final class AccountUpdate extends Update {
  private final Account account;
  private final boolean wiped;
  private final Update[] slots;

  /**
   * @param wiped whether the storage starts empty
   * @param slots sorted by key
   */
  AccountUpdate(Hash key, Account account, boolean wiped, Update[] slots) {
    super(key);
    this.account = account;
    this.wiped = wiped;
    this.slots = slots;
  }

  @Override
  Leaf resolve(Leaf before, Sealer sealer) {
    if (account == null) {
      return null;
    }
    AccountLeaf known = (AccountLeaf) before;
    Node storageBefore = known == null ? null : known.storage();
    Node storage =
        TrieUpdater.update(wiped ? null : storageBefore, 0, slots, 0, slots.length, sealer);
    if (storage != null) {
      sealer.sealRoot(storage);
    }
    if (known != null && storage == storageBefore && known.holds(account)) {
      return known;
    }
    return new AccountLeaf(key(), account, storage);
  }
}
