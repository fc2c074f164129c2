package io.rekindle.evm.precompile;

import java.math.BigInteger;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.math.ec.ECPoint;

/**
 * 0x100: whether a signature on secp256r1 is right (EIP-7951): hash, r, s, and the public key's x
 * and y, a word each. The output is the word 1, or empty for anything else; it never fails.
 */
final class P256Verify implements Precompile {
  private static final byte[] NOTHING = new byte[0];
  private static final X9ECParameters CURVE = CustomNamedCurves.getByName("secp256r1");
  private static final ECDomainParameters DOMAIN = new ECDomainParameters(CURVE);
  private static final BigInteger PRIME = CURVE.getCurve().getField().getCharacteristic();

  @Override
  public long gas(byte[] input) {
    return 6900;
  }

  @Override
  public byte[] run(byte[] input) {
    if (input.length != 160) {
      return NOTHING;
    }
    BigInteger x = Input.number(input, 96, 32);
    BigInteger y = Input.number(input, 128, 32);
    if (x.compareTo(PRIME) >= 0 || y.compareTo(PRIME) >= 0) {
      return NOTHING;
    }
    ECPoint key = CURVE.getCurve().createPoint(x, y);
    if (!key.isValid()) {
      return NOTHING;
    }
    ECDSASigner verifier = new ECDSASigner();
    verifier.init(false, new ECPublicKeyParameters(key, DOMAIN));
    byte[] hash = Input.slice(input, 0, 32);
    boolean right =
        verifier.verifySignature(hash, Input.number(input, 32, 32), Input.number(input, 64, 32));
    return right ? Input.flag(true) : NOTHING;
  }
}
