package io.rekindle.evm.chain;

import io.rekindle.evm.crypto.Keccak256;
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
  private static final int GAS_PER_BLOB = 1 << 17;

  public boolean isCreate() {
    return to == null;
  }

  /**
   * A transaction on its own, from its canonical bytes.
   *
   * @throws io.rekindle.evm.rlp.RlpException where the bytes are not its canonical encoding
   */
  public static Transaction decode(byte[] encoded) {
    return TransactionRlp.read(encoded);
  }

  /** The canonical bytes (EIP-2718), which are hashed and which the transactions trie holds. */
  public byte[] encoded() {
    return TransactionRlp.encode(this);
  }

  /** Keccak-256 of {@link #encoded}. */
  public Hash hash() {
    return Keccak256.hash(encoded());
  }

  /** What the sender signed. */
  public Hash signingHash() {
    return Keccak256.hash(TransactionRlp.encodeForSigning(this));
  }

  /**
   * The parity of the signature's curve point, 0 or 1, or -1 where v is none of the allowed values.
   */
  public int recoveryId() {
    if (type != 0) {
      return v.isZero() ? 0 : v.equals(UInt256.ONE) ? 1 : -1;
    }
    if (chainId != null) {
      // v is 35 + 2 * chain id + parity.
      return (int) (~v.limb0() & 1);
    }
    return v.fitsLong() && (v.limb0() == 27 || v.limb0() == 28) ? (int) (v.limb0() - 27) : -1;
  }

  /** Gas of the blobs that the transaction carries (EIP-4844). */
  public long blobGas() {
    return (long) GAS_PER_BLOB * blobHashes.size();
  }
}
