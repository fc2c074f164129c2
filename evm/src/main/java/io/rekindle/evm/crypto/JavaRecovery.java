package io.rekindle.evm.crypto;

import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;

/** By BouncyCastle: for platforms without the native library, and about 5 times slower. */
final class JavaRecovery implements PublicKeyRecovery {
  private static final X9ECParameters CURVE = CustomNamedCurves.getByName("secp256k1");
  private static final BigInteger ORDER = CURVE.getN();
  private static final BigInteger PRIME = CURVE.getCurve().getField().getCharacteristic();

  @Override
  public byte[] recover(byte[] digest, byte[] signature, int recoveryId) {
    BigInteger r = new BigInteger(1, Arrays.copyOfRange(signature, 0, 32));
    BigInteger s = new BigInteger(1, Arrays.copyOfRange(signature, 32, 64));
    if (r.signum() == 0 || s.signum() == 0 || r.compareTo(ORDER) >= 0 || s.compareTo(ORDER) >= 0) {
      return null;
    }
    ECPoint point = decompress(r, recoveryId);
    if (point == null) {
      return null;
    }
    BigInteger inverse = r.modInverse(ORDER);
    BigInteger e = new BigInteger(1, digest);
    BigInteger u1 = e.negate().multiply(inverse).mod(ORDER);
    BigInteger u2 = s.multiply(inverse).mod(ORDER);
    ECPoint key = ECAlgorithms.sumOfTwoMultiplies(CURVE.getG(), u1, point, u2);
    return key.isInfinity() ? null : key.getEncoded(false);
  }

  /** The curve's point with this x, which is below the order, or null where there is none. */
  private static ECPoint decompress(BigInteger x, int parity) {
    BigInteger square =
        x.modPow(BigInteger.valueOf(3), PRIME).add(BigInteger.valueOf(7)).mod(PRIME);
    // The prime is 3 modulo 4, so a root is the square's (p + 1) / 4 th power if it has one.
    BigInteger y = square.modPow(PRIME.add(BigInteger.ONE).shiftRight(2), PRIME);
    if (!y.multiply(y).mod(PRIME).equals(square)) {
      return null;
    }
    if (y.testBit(0) != (parity == 1)) {
      y = PRIME.subtract(y);
    }
    return CURVE.getCurve().createPoint(x, y);
  }
}
