package io.rekindle.job.generate;

import io.rekindle.evm.chain.Authorization;
import io.rekindle.evm.chain.Senders;
import io.rekindle.evm.chain.Transaction;
import io.rekindle.evm.crypto.Secp256k1Signer;
import io.rekindle.evm.crypto.Secp256k1Signer.Signature;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import java.util.List;

/** An account with a key: signs transactions and authorizations. */
final class Wallet {
  private static final UInt256 GWEI = UInt256.of(1_000_000_000L);
  private static final UInt256 MAX_BLOB_FEE = GWEI.multiply(1_000);

  private final Secp256k1Signer signer;

  Wallet(byte[] secret) {
    signer = new Secp256k1Signer(secret);
  }

  Address address() {
    return signer.address();
  }

  /**
   * The signed transaction.
   *
   * @param type 0 to 4
   * @param nonce the account's
   * @param baseFee of the block, of which twice as much is offered
   * @param tipGwei priority fee in gwei a gas
   */
  Transaction sign(
      Intent intent, int type, UInt256 chainId, long nonce, UInt256 baseFee, int tipGwei) {
    UInt256 tip = GWEI.multiply(tipGwei);
    Transaction unsigned =
        new Transaction(
            type,
            chainId,
            nonce,
            type < 2 ? baseFee.add(tip) : null,
            type < 2 ? null : tip,
            type < 2 ? null : baseFee.multiply(2).add(tip),
            type == 3 ? MAX_BLOB_FEE : null,
            intent.gas(),
            intent.to(),
            intent.value(),
            intent.input(),
            type == 0 ? List.of() : intent.accessList(),
            intent.blobHashes(),
            intent.authorizations(),
            UInt256.ZERO,
            UInt256.ZERO,
            UInt256.ZERO);
    Signature signature = signer.sign(unsigned.signingHash());
    UInt256 parity = UInt256.of(signature.parity());
    UInt256 v = type == 0 ? chainId.multiply(2).add(UInt256.of(35)).add(parity) : parity;
    return new Transaction(
        type,
        chainId,
        nonce,
        unsigned.gasPrice(),
        unsigned.maxPriorityFeePerGas(),
        unsigned.maxFeePerGas(),
        unsigned.maxFeePerBlobGas(),
        unsigned.gasLimit(),
        unsigned.to(),
        unsigned.value(),
        unsigned.input(),
        unsigned.accessList(),
        unsigned.blobHashes(),
        unsigned.authorizations(),
        v,
        signature.r(),
        signature.s());
  }

  /** Signs the 32 bytes of a digest. */
  Signature sign(Hash digest) {
    return signer.sign(digest);
  }

  /** Lets the account run a contract's code as its own (EIP-7702). */
  Authorization authorize(UInt256 chainId, Address delegate, long nonce) {
    UInt256 zero = UInt256.ZERO;
    Authorization unsigned = new Authorization(chainId, delegate, nonce, zero, zero, zero);
    Signature signature = signer.sign(Senders.signingHash(unsigned));
    return new Authorization(
        chainId, delegate, nonce, UInt256.of(signature.parity()), signature.r(), signature.s());
  }
}
