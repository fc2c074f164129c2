package io.rekindle.evm.state;

import java.util.List;

/**
 * What a unit learned of the state at its start; see {@link AccountReads}. Holds one entry an
 * account, in order of first access; accounts of which nothing was learned or looked at are absent.
 */
public record ReadSet(List<AccountReads> accounts) {
  public static final ReadSet EMPTY = new ReadSet(List.of());
}
