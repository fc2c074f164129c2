package io.rekindle.job.generate;

import io.rekindle.evm.chain.AccessListEntry;
import io.rekindle.evm.chain.Authorization;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import java.util.List;

/**
 * What somebody wants to send: a transaction before its nonce, fees and signature.
 *
 * @param to null for a creation
 * @param gas the limit
 * @param onSuccess run once it was executed without a halt
 */
record Intent(
    Wallet from,
    Address to,
    UInt256 value,
    byte[] input,
    long gas,
    List<AccessListEntry> accessList,
    List<Hash> blobHashes,
    List<Authorization> authorizations,
    Runnable onSuccess) {
  private static void nothing() {}

  static Intent of(Wallet from, Address to, UInt256 value, byte[] input, long gas) {
    return new Intent(
        from, to, value, input, gas, List.of(), List.of(), List.of(), Intent::nothing);
  }

  static Intent call(Wallet from, Address to, long gas, String signature, Object... arguments) {
    return of(from, to, UInt256.ZERO, Abi.call(signature, arguments), gas);
  }

  Intent paying(UInt256 amount) {
    return new Intent(
        from, to, amount, input, gas, accessList, blobHashes, authorizations, onSuccess);
  }

  Intent listing(List<AccessListEntry> entries) {
    return new Intent(from, to, value, input, gas, entries, blobHashes, authorizations, onSuccess);
  }

  Intent withBlobs(List<Hash> hashes) {
    return new Intent(from, to, value, input, gas, accessList, hashes, authorizations, onSuccess);
  }

  Intent authorizing(List<Authorization> list) {
    return new Intent(from, to, value, input, gas, accessList, blobHashes, list, onSuccess);
  }

  Intent then(Runnable action) {
    return new Intent(from, to, value, input, gas, accessList, blobHashes, authorizations, action);
  }
}
