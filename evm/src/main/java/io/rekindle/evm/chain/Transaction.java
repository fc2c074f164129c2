package io.rekindle.evm.chain;

import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import java.util.List;

/**
 * A transaction of any type. Fields that its type does not have are null or empty.
 *
 * @param type 0 legacy, 1 EIP-2930, 2 EIP-1559, 3 EIP-4844, 4 EIP-7702
 * @param chainId null for a legacy transaction without EIP-155
 * @param gasPrice wei a gas; of types 0 and 1
 * @param maxPriorityFeePerGas wei a gas; of types 2 and up
 * @param maxFeePerGas wei a gas; of types 2 and up
 * @param maxFeePerBlobGas wei a blob gas; of type 3
 * @param to null for a contract creation
 * @param input call data or creation code; not to be changed
 * @param v the signature's v as encoded: 27, 28 or EIP-155's for legacy, else the y parity
 */
public record Transaction(
    int type,
    UInt256 chainId,
    long nonce,
    UInt256 gasPrice,
    UInt256 maxPriorityFeePerGas,
    UInt256 maxFeePerGas,
    UInt256 maxFeePerBlobGas,
    long gasLimit,
    Address to,
    UInt256 value,
    byte[] input,
    List<AccessListEntry> accessList,
    List<Hash> blobHashes,
    List<Authorization> authorizations,
    UInt256 v,
    UInt256 r,
    UInt256 s) {
  public boolean isCreate() {
    return to == null;
  }
}
