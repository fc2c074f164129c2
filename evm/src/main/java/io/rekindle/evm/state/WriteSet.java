package io.rekindle.evm.state;

import java.util.List;

/**
 * What a unit changes: one entry an account, in order of first access, accounts merely touched
 * included.
 *
 * @param clearsEmptyAccounts the fork's rule for touched accounts: true deletes the empty ones
 *     (EIP-161), false creates the missing ones
 */
public record WriteSet(List<AccountWrites> accounts, boolean clearsEmptyAccounts) {
  public static final WriteSet EMPTY = new WriteSet(List.of(), true);
}
