package io.rekindle.evm.crypto;

import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import java.math.BigInteger;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECPoint;

/**
 * A passkey: signs with one secret key on secp256r1, as the precompile of EIP-7951 verifies it, for
 * chains that are made rather than read. Nonces follow from key and digest (RFC 6979). Safe for
 * threads.
 */
public final class Secp256r1Signer {
  private static final X9ECParameters CURVE = CustomNamedCurves.getByName("secp256r1");

  /** A signature; either s of the two that are right. */
  public record Signature(UInt256 r, UInt256 s) {}

  private final EcdsaKey key;
  private final UInt256 x;
  private final UInt256 y;

  /**
   * @param secret 32 big-endian bytes, from 1 to the curve's order less 1
   * @throws IllegalArgumentException where the secret is out of range
   */
  public Secp256r1Signer(byte[] secret) {
    this.key = new EcdsaKey(CURVE, secret);
    ECPoint point = key.publicKey();
    this.x = UInt256.of(point.getAffineXCoord().toBigInteger());
    this.y = UInt256.of(point.getAffineYCoord().toBigInteger());
  }

  /** The public key's x. */
  public UInt256 x() {
    return x;
  }

  /** The public key's y. */
  public UInt256 y() {
    return y;
  }

  /** Signs the 32 bytes of a digest. */
  public Signature sign(Hash digest) {
    BigInteger[] signature = key.sign(digest.toBytes());
    return new Signature(UInt256.of(signature[0]), UInt256.of(signature[1]));
  }
}
