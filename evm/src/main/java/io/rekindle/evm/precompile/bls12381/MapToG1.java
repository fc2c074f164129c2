package io.rekindle.evm.precompile.bls12381;

import io.rekindle.evm.precompile.Precompile;
import io.rekindle.evm.precompile.pairing.Curve;
import java.math.BigInteger;

/** 0x10: a point of G1 from an element of Fp (EIP-2537). */
public final class MapToG1 implements Precompile {
  /** 1 - x, which clears the cofactor (RFC 9380, section 8.8.1). */
  private static final BigInteger COFACTOR = Bls12381.X.add(BigInteger.ONE);

  @Override
  public long gas(byte[] input) {
    return 5_500;
  }

  @Override
  public byte[] run(byte[] input) {
    if (input.length != BlsPoints.FP_BYTES) {
      return null;
    }
    long[] u = BlsPoints.readNumbers(input, 0, 1);
    if (u == null) {
      return null;
    }
    Curve g1 = Bls12381.newG1();
    long[] point = new Map().map(u);
    g1.multiply(point, 0, point, 0, COFACTOR);
    return BlsPoints.write(g1, point);
  }

  private static final class Map extends MapToCurve {
    Map() {
      super(
          Bls12381.FP,
          MapConstants.G1_A,
          MapConstants.G1_B,
          MapConstants.G1_Z,
          MapConstants.G1_ISOGENY);
    }

    @Override
    boolean root(long[] r, long[] square) {
      return SquareRoots.ofFp(r, 0, square, 0);
    }
  }
}
