package io.rekindle.snapshot.sidecar;

import io.rekindle.evm.state.AccountReads;
import java.util.List;

/**
 * What the extension says of one unit.
 *
 * @param reads what it learned of the state at its start, with values
 * @param marks the accounts that it wrote or merely touched, in order of address
 */
public record UnitAccess(List<AccountReads> reads, List<AccountMark> marks) {}
