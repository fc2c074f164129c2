package io.rekindle.evm.crypto;

import java.math.BigInteger;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;
import org.bouncycastle.math.ec.ECPoint;

/** A secret key on a curve, by BouncyCastle. Safe for threads. */
final class EcdsaKey {
  private final X9ECParameters curve;
  private final BigInteger secret;

  /**
   * @param secret 32 big-endian bytes, from 1 to the curve's order less 1
   * @throws IllegalArgumentException where the secret is out of range
   */
  EcdsaKey(X9ECParameters curve, byte[] secret) {
    this.curve = curve;
    this.secret = new BigInteger(1, secret);
    boolean inRange = this.secret.signum() > 0 && this.secret.compareTo(curve.getN()) < 0;
    if (secret.length != 32 || !inRange) {
      throw new IllegalArgumentException("a secret key is from 1 to the order less 1");
    }
  }

  /** The public key, affine. */
  ECPoint publicKey() {
    return curve.getG().multiply(secret).normalize();
  }

  /**
   * The r and s of a digest's signature; s is either of the two that are right. The nonce follows
   * from key and digest (RFC 6979).
   */
  BigInteger[] sign(byte[] digest) {
    ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
    signer.init(true, new ECPrivateKeyParameters(secret, new ECDomainParameters(curve)));
    return signer.generateSignature(digest);
  }
}
