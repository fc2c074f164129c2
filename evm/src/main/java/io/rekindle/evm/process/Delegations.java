package io.rekindle.evm.process;

import io.rekindle.evm.chain.Authorization;
import io.rekindle.evm.engine.BlockContext;
import io.rekindle.evm.state.Code;
import io.rekindle.evm.state.Journal;
import io.rekindle.evm.state.JournalAccount;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.UInt256;
import java.util.List;

/**
 * Sets the delegations that a transaction's authorizations ask for (EIP-7702). An authorization
 * that does not hold is skipped; those that hold stay even where the transaction fails.
 */
final class Delegations {
  /** PER_EMPTY_ACCOUNT_COST less PER_AUTH_BASE_COST: back for an authority that is not empty. */
  private static final long REFUND = IntrinsicGas.AUTHORIZATION - 12_500;

  private static final long MAX_NONCE = -1L;

  private Delegations() {}

  static void apply(
      Journal journal,
      BlockContext block,
      List<Authorization> authorizations,
      AuthorityRecovery recovery) {
    for (Authorization authorization : authorizations) {
      apply(journal, block, authorization, recovery);
    }
  }

  private static void apply(
      Journal journal,
      BlockContext block,
      Authorization authorization,
      AuthorityRecovery recovery) {
    UInt256 chainId = authorization.chainId();
    if (!chainId.isZero() && !chainId.equals(block.chainId())) {
      return;
    }
    if (authorization.nonce() == MAX_NONCE) {
      return;
    }
    Address signer = recovery.authority(authorization);
    if (signer == null) {
      return;
    }
    JournalAccount authority = journal.account(signer);
    journal.warm(authority);
    Code code = journal.code(authority);
    if (!code.isEmpty() && !code.isDelegation()) {
      return;
    }
    if (journal.nonce(authority) != authorization.nonce()) {
      return;
    }
    if (!journal.isDead(authority)) {
      journal.addRefund(REFUND);
    }
    journal.setCode(authority, designator(authorization.delegate()));
    journal.setNonce(authority, authorization.nonce() + 1);
  }

  /** 0xef0100 and the address; no code for the zero address. */
  private static Code designator(Address delegate) {
    if (delegate.equals(Address.ZERO)) {
      return Code.EMPTY;
    }
    byte[] bytes = new byte[23];
    bytes[0] = (byte) 0xef;
    bytes[1] = 0x01;
    delegate.toBytes(bytes, 3);
    return Code.of(bytes);
  }
}
