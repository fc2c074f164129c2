package io.rekindle.evm.precompile.bls12381;

import io.rekindle.evm.crypto.Sha2;
import io.rekindle.evm.precompile.Precompile;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * 0x0a: that the polynomial behind a blob's commitment has the value y at z (EIP-4844). The input
 * is the commitment's versioned hash, z, y, the commitment and the proof, two compressed points of
 * G1. The output is the number of field elements in a blob and the field's modulus.
 *
 * <p>With the commitment C, the proof W and tau of the ceremony, what must hold is {@code e(C - y
 * G1, G2) = e(W, tau G2 - z G2)}. It is tested as {@code e(C - y G1 + z W, -G2) e(W, tau G2) = 1},
 * so that both points of G2 are fixed: our own pairing computes their lines once.
 */
public final class PointEvaluation implements Precompile {
  private static final int LENGTH = 192;

  /** tau G2: the only number of the KZG ceremony that a verifier needs (g2_monomial[1]). */
  static final long[] TAU_G2 =
      Bls12381.elements(
          "185cbfee53492714734429b7b38608e23926c911cceceac9a36851477ba4c60b087041de621000edc98edada20c1def2",
          "15bfd7dd8cdeb128843bc287230af38926187075cbfbefa81009a2ce615ac53d2914e5870cb452d2afaaab24f3499f72",
          "014353bdb96b626dd7d5ee8599d1fca2131569490e28de18e82451a496a9c9794ce26d105941f383ee689bfbbb832a99",
          "1666c54b0a32529503432fcae0181b4bef79de09fc63671fda5ed1ba9bfa07899495346f3d7ac9cd23048ef30d0a154f");

  private static final byte[] OUTPUT = output();

  private static byte[] output() {
    byte[] out = new byte[64];
    out[30] = 4096 >> 8;
    byte[] order = Bls12381.ORDER.toByteArray();
    System.arraycopy(order, 0, out, 64 - order.length, order.length);
    return out;
  }

  @Override
  public long gas(byte[] input) {
    return 50_000;
  }

  @Override
  public byte[] run(byte[] input) {
    if (input.length != LENGTH || !isHashOfCommitment(input)) {
      return null;
    }
    BigInteger z = new BigInteger(1, input, 32, 32);
    BigInteger y = new BigInteger(1, input, 64, 32);
    if (z.compareTo(Bls12381.ORDER) >= 0 || y.compareTo(Bls12381.ORDER) >= 0) {
      return null;
    }
    byte[] points = Arrays.copyOfRange(input, 96, LENGTH);
    return BlsEngines.inUse().proves(points, z, y) ? OUTPUT.clone() : null;
  }

  /** SHA-256 of the commitment, with the version 1 for its first byte. */
  private static boolean isHashOfCommitment(byte[] input) {
    byte[] commitment = Arrays.copyOfRange(input, 96, 96 + BlsPoints.COMPRESSED_BYTES);
    byte[] hash = Sha2.sha256(commitment);
    hash[0] = 1;
    return Arrays.equals(hash, 0, 32, input, 0, 32);
  }
}
