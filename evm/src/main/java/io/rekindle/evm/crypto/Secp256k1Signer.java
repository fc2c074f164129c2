package io.rekindle.evm.crypto;

import fr.acinq.secp256k1.Secp256k1;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;

/**
 * Signs with one secret key, for chains that are made rather than read. Nonces follow from key and
 * digest (RFC 6979), so that the same input gives the same signature, by libsecp256k1 as by
 * BouncyCastle. Safe for threads.
 */
public final class Secp256k1Signer {
  private static final X9ECParameters CURVE = CustomNamedCurves.getByName("secp256k1");

  /**
   * A signature.
   *
   * @param parity of the y of the curve point whose x is r: 0 or 1
   * @param s in the lower half of the order (EIP-2)
   */
  public record Signature(int parity, UInt256 r, UInt256 s) {}

  private final EcdsaKey key;
  private final byte[] secret;
  private final byte[] publicKey;
  private final Address address;
  private final boolean useNative;

  /**
   * @param secret 32 big-endian bytes, from 1 to the curve's order less 1
   * @throws IllegalArgumentException where the secret is out of range
   */
  public Secp256k1Signer(byte[] secret) {
    this(secret, Secp256k1Signatures.isNative());
  }

  Secp256k1Signer(byte[] secret, boolean useNative) {
    this.key = new EcdsaKey(CURVE, secret);
    this.secret = secret.clone();
    this.useNative = useNative;
    this.publicKey =
        useNative ? Secp256k1.get().pubkeyCreate(secret) : key.publicKey().getEncoded(false);
    this.address = Secp256k1Signatures.addressOf(publicKey);
  }

  /** Who the signatures of this key are by. */
  public Address address() {
    return address;
  }

  /** Signs the 32 bytes of a digest. */
  public Signature sign(Hash digest) {
    byte[] bytes = digest.toBytes();
    byte[] signature = useNative ? Secp256k1.get().sign(bytes, secret) : signInJava(bytes);
    byte[] even = Secp256k1Signatures.recoverPublicKey(bytes, signature, 0);
    int parity = Arrays.equals(even, publicKey) ? 0 : 1;
    return new Signature(parity, UInt256.ofBytes32(signature, 0), UInt256.ofBytes32(signature, 32));
  }

  private byte[] signInJava(byte[] digest) {
    BigInteger[] signature = key.sign(digest);
    BigInteger s = signature[1];
    if (s.compareTo(CURVE.getN().shiftRight(1)) > 0) {
      s = CURVE.getN().subtract(s);
    }
    byte[] bytes = new byte[64];
    UInt256.of(signature[0]).toBytes(bytes, 0);
    UInt256.of(s).toBytes(bytes, 32);
    return bytes;
  }
}
