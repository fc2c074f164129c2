package io.rekindle.job.generate;

import io.rekindle.evm.crypto.Sha2;
import io.rekindle.evm.fork.Fork;
import io.rekindle.evm.precompile.Precompiles;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.Hex;
import io.rekindle.evm.word.UInt256;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * A blob that has one value c at every place: its polynomial is c, so its KZG commitment is c times
 * the generator of BLS12-381's G1, and the proof for every point is the point at infinity. Nothing
 * of the trusted set-up is needed.
 *
 * @param versionedHash of the commitment (EIP-4844)
 * @param proof as {@code BlobLedger.sol} takes it: commitment, then proof, 48 bytes each
 */
record ConstantBlob(UInt256 value, Hash versionedHash, byte[] proof) {
  /** A generator of G1 as the precompiles of EIP-2537 write points: x and y, 64 bytes each. */
  private static final byte[] GENERATOR =
      Hex.decode(
          "0x0000000000000000000000000000000017f1d3a73197d7942695638c4fa9ac0f"
              + "c3688c4f9774b905a14e3a3f171bac586c55e83ff97a1aeffb3af00adb22c6bb"
              + "0000000000000000000000000000000008b3f481e3aaa0f1a09e30ed741d8ae4"
              + "fcf5e095d5d00af600db18cb2c04b3edd03cc744a2888ae40caa232946c5e7e1");

  /** Half of the field's modulus, rounded down: a greater y is the greater of the two. */
  private static final BigInteger HALF =
      new BigInteger(
          "0d0088f51cbff34d258dd3db21a5d66bb23ba5c279c2895fb39869507b587b12"
              + "0f55ffff58a9ffffdcff7fffffffd555",
          16);

  private static final int MULTIPLY = 0x0c;
  private static final int COMPRESSED = 0x80;
  private static final int INFINITY = 0x40;
  private static final int GREATER = 0x20;
  private static final int POINT = 48;

  /**
   * A blob of one value.
   *
   * @param value 31 big-endian bytes, so that they are below the modulus
   */
  static ConstantBlob of(byte[] value) {
    UInt256 word = UInt256.ofBytes(value);
    byte[] input = Abi.join(GENERATOR, word.toBytes());
    byte[] point = Precompiles.of(Fork.PRAGUE).at(0, 0, MULTIPLY).run(input);
    byte[] commitment = Arrays.copyOfRange(point, 16, 16 + POINT);
    BigInteger y = new BigInteger(1, point, 80, POINT);
    commitment[0] |= (byte) (COMPRESSED | (y.compareTo(HALF) > 0 ? GREATER : 0));
    byte[] infinity = new byte[POINT];
    infinity[0] = (byte) (COMPRESSED | INFINITY);
    return new ConstantBlob(word, versioned(commitment), Abi.join(commitment, infinity));
  }

  private static Hash versioned(byte[] commitment) {
    byte[] hash = Sha2.sha256(commitment);
    hash[0] = 1;
    return Hash.ofBytes(hash);
  }
}
