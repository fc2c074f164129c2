package io.rekindle.evm.chain;

import io.rekindle.evm.crypto.Keccak256;
import io.rekindle.evm.crypto.Secp256k1Signatures;
import io.rekindle.evm.rlp.RlpWriter;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;

/** Who signed transactions and authorizations. */
public final class Senders {
  /** What EIP-7702 puts in front of an authorization before it is hashed. */
  private static final int AUTHORIZATION_MAGIC = 0x05;

  private Senders() {}

  /**
   * The sender, or null where the signature has none. Whether the fork at hand allows a high s
   * (EIP-2) or a chain id in v (EIP-155) is for validation to say.
   */
  public static Address recover(Transaction transaction) {
    int recoveryId = transaction.recoveryId();
    return recoveryId < 0
        ? null
        : Secp256k1Signatures.recover(
            transaction.signingHash(), recoveryId, transaction.r(), transaction.s());
  }

  /** The signer of an authorization, or null where its signature is not valid (EIP-7702). */
  public static Address authority(Authorization authorization) {
    if (!authorization.yParity().fitsLong()
        || authorization.yParity().limb0() > 1
        || authorization.yParity().limb0() < 0
        || !Secp256k1Signatures.isLowS(authorization.s())) {
      return null;
    }
    return Secp256k1Signatures.recover(
        signingHash(authorization),
        (int) authorization.yParity().limb0(),
        authorization.r(),
        authorization.s());
  }

  /** What an authority signs: keccak of 0x05 and RLP(chain id, delegate, nonce). */
  public static Hash signingHash(Authorization authorization) {
    RlpWriter writer = new RlpWriter(96).rawByte(AUTHORIZATION_MAGIC);
    int list = writer.startList();
    writer
        .uint256(authorization.chainId())
        .address(authorization.delegate())
        .uint64(authorization.nonce());
    writer.endList(list);
    return Keccak256.hash(writer.array(), 0, writer.size());
  }
}
