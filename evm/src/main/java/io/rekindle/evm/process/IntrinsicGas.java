package io.rekindle.evm.process;

import io.rekindle.evm.chain.AccessListEntry;
import io.rekindle.evm.chain.Transaction;
import io.rekindle.evm.fork.Fork;

/**
 * What a transaction costs before it runs (Yellow Paper section 6.2; EIP-2, EIP-2028, EIP-2930,
 * EIP-3860, EIP-7702).
 *
 * @param gas charged in advance
 * @param floor the least that the transaction is charged in the end (EIP-7623), or 0
 */
record IntrinsicGas(long gas, long floor) {
  private static final long TRANSACTION = 21_000;
  private static final long ZERO_BYTE = 4;
  private static final long FLOOR_PER_TOKEN = 10;
  private static final long TOKENS_OF_NON_ZERO_BYTE = 4;
  private static final long ACCESS_LIST_ADDRESS = 2_400;
  private static final long ACCESS_LIST_SLOT = 1_900;

  /** PER_EMPTY_ACCOUNT_COST of EIP-7702, of which part is refunded. */
  static final long AUTHORIZATION = 25_000;

  static IntrinsicGas of(Transaction transaction, Fork fork) {
    byte[] input = transaction.input();
    long zeros = zeroBytes(input);
    long others = input.length - zeros;
    long gas = transaction.isCreate() ? fork.txCreateGas() : TRANSACTION;
    gas += zeros * ZERO_BYTE + others * fork.txDataNonZeroGas();
    if (transaction.isCreate()) {
      gas += fork.initcodeWordGas() * ((input.length + 31L) / 32);
    }
    for (AccessListEntry entry : transaction.accessList()) {
      gas += ACCESS_LIST_ADDRESS + ACCESS_LIST_SLOT * entry.slots().size();
    }
    gas += AUTHORIZATION * transaction.authorizations().size();
    long tokens = zeros + TOKENS_OF_NON_ZERO_BYTE * others;
    return new IntrinsicGas(gas, fork.calldataFloor() ? TRANSACTION + FLOOR_PER_TOKEN * tokens : 0);
  }

  private static long zeroBytes(byte[] input) {
    long zeros = 0;
    for (byte b : input) {
      if (b == 0) {
        zeros++;
      }
    }
    return zeros;
  }
}
