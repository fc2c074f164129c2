package io.rekindle.evm.chain;

import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.UInt256;

/**
 * An account's signed wish to run another account's code (EIP-7702).
 *
 * @param chainId zero for any chain
 * @param delegate the account whose code is to run; zero clears the delegation
 * @param nonce of the authority, unsigned
 */
public record Authorization(
    UInt256 chainId, Address delegate, long nonce, UInt256 yParity, UInt256 r, UInt256 s) {}
