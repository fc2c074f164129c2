package io.rekindle.partitioner;

/** How finely conflicts are told apart. */
public enum KeyLevel {
  /** Balance, nonce, code, existence and every slot are keys of their own. */
  SLOT,
  /** An account is one key, with its storage: what access by account means. */
  ACCOUNT
}
