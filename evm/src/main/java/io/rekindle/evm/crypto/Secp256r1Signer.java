package io.rekindle.evm.crypto;

import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import java.math.BigInteger;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.ECPoint;

/**
 * A passkey: signs with one secret key on secp256r1, as the precompile of EIP-7951 verifies it, for
 * chains that are made rather than read. Nonces follow from key and digest (RFC 6979). Safe for
 * threads.
 */
public final class Secp256r1Signer {
  private static final X9ECParameters CURVE = CustomNamedCurves.getByName("secp256r1");
  private static final ECDomainParameters DOMAIN = new ECDomainParameters(CURVE);

  /** A signature; either s of the two that are right. */
  public record Signature(UInt256 r, UInt256 s) {}

  private final ECPrivateKeyParameters secret;
  private final UInt256 x;
  private final UInt256 y;

  /**
   * @param secret 32 big-endian bytes, from 1 to the curve's order less 1
   * @throws IllegalArgumentException where the secret is out of range
   */
  public Secp256r1Signer(byte[] secret) {
    BigInteger value = new BigInteger(1, secret);
    if (secret.length != 32 || value.signum() == 0 || value.compareTo(CURVE.getN()) >= 0) {
      throw new IllegalArgumentException("a secret key is from 1 to the order less 1");
    }
    this.secret = new ECPrivateKeyParameters(value, DOMAIN);
    ECPoint key = CURVE.getG().multiply(value).normalize();
    this.x = UInt256.of(key.getAffineXCoord().toBigInteger());
    this.y = UInt256.of(key.getAffineYCoord().toBigInteger());
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
    ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
    signer.init(true, secret);
    BigInteger[] signature = signer.generateSignature(digest.toBytes());
    return new Signature(UInt256.of(signature[0]), UInt256.of(signature[1]));
  }
}
