package io.rekindle.evm.engine;

import io.rekindle.evm.state.Code;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.UInt256;

/**
 * A top-level message for an {@link EvmEngine}: a call, or a contract creation where {@code create}
 * is set.
 *
 * @param caller the transaction's sender, or the system address
 * @param recipient the account that is called or created; a created contract's address is the
 *     caller's to compute
 * @param code what runs: the recipient's code, its delegate's code (EIP-7702), or the creation code
 * @param codeAddress the account whose code runs; decides whether a precompile is meant; for a
 *     delegated recipient the delegate, whose code runs even where a precompile has its address
 * @param delegated whether {@code code} was found through a delegation designator, so that a
 *     precompile at {@code codeAddress} does not run
 * @param input call data; empty for a creation; not to be changed
 * @param gas what is left after the intrinsic gas
 */
public record Message(
    boolean create,
    Address caller,
    Address recipient,
    Address codeAddress,
    boolean delegated,
    Code code,
    UInt256 value,
    byte[] input,
    long gas) {}
