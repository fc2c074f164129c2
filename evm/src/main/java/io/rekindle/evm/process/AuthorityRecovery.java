package io.rekindle.evm.process;

import io.rekindle.evm.chain.Authorization;
import io.rekindle.evm.word.Address;

/** Finds who signed an authorization (EIP-7702). */
@FunctionalInterface
public interface AuthorityRecovery {
  /** The signer, or null where the signature is not valid. */
  Address authority(Authorization authorization);
}
