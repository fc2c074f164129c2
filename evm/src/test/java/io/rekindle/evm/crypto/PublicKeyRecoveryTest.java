package io.rekindle.evm.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fr.acinq.secp256k1.Secp256k1;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.Hex;
import io.rekindle.evm.word.UInt256;
import java.math.BigInteger;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** The native library and BouncyCastle must agree, on what is no signature above all. */
class PublicKeyRecoveryTest {
  private static final BigInteger ORDER =
      new BigInteger("fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", 16);
  private static final BigInteger PRIME =
      new BigInteger("fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc2f", 16);

  private final PublicKeyRecovery nativeRecovery = new NativeRecovery();
  private final PublicKeyRecovery javaRecovery = new JavaRecovery();

  @Test
  void theNativeLibraryIsUsedWhereItLoads() {
    assertTrue(Secp256k1Signatures.isNative());
  }

  @Property(tries = 200)
  void bothFindTheSigner(@ForAll("secrets") BigInteger secret, @ForAll @Size(32) byte[] digest) {
    byte[] secretBytes = UInt256.of(secret).toBytes();
    byte[] signature = Secp256k1.get().sign(digest, secretBytes);
    byte[] key = Secp256k1.get().pubkeyCreate(secretBytes);
    boolean found = false;
    for (int recoveryId = 0; recoveryId < 2; recoveryId++) {
      byte[] recovered = nativeRecovery.recover(digest, signature, recoveryId);
      assertArrayEquals(recovered, javaRecovery.recover(digest, signature, recoveryId));
      found |= Arrays.equals(key, recovered);
      // The same signature with s negated is the other parity's.
      byte[] high = negated(signature);
      byte[] byHigh = nativeRecovery.recover(digest, high, 1 - recoveryId);
      assertArrayEquals(recovered, byHigh);
      assertArrayEquals(byHigh, javaRecovery.recover(digest, high, 1 - recoveryId));
    }
    assertTrue(found);
  }

  @Property(tries = 500)
  void bothGiveTheSameAnswer(
      @ForAll("scalars") BigInteger r,
      @ForAll("scalars") BigInteger s,
      @ForAll @Size(32) byte[] digest,
      @ForAll boolean odd) {
    byte[] signature = signature(r, s);
    int recoveryId = odd ? 1 : 0;
    byte[] fromNative = nativeRecovery.recover(digest, signature, recoveryId);
    assertArrayEquals(fromNative, javaRecovery.recover(digest, signature, recoveryId));
    boolean outOfRange =
        r.signum() == 0 || s.signum() == 0 || r.compareTo(ORDER) >= 0 || s.compareTo(ORDER) >= 0;
    if (outOfRange) {
      assertNull(fromNative);
    }
  }

  @Test
  void anXThatIsNotOnTheCurve() {
    // 5^3 + 7 is no square modulo the prime, 1^3 + 7 is.
    BigInteger exponent = PRIME.subtract(BigInteger.ONE).shiftRight(1);
    assertEquals(PRIME.subtract(BigInteger.ONE), BigInteger.valueOf(132).modPow(exponent, PRIME));
    byte[] digest = new byte[32];
    byte[] off = signature(BigInteger.valueOf(5), BigInteger.ONE);
    assertNull(nativeRecovery.recover(digest, off, 0));
    assertNull(javaRecovery.recover(digest, off, 0));
    byte[] on = signature(BigInteger.ONE, BigInteger.ONE);
    assertNotNull(nativeRecovery.recover(digest, on, 0));
    assertArrayEquals(nativeRecovery.recover(digest, on, 0), javaRecovery.recover(digest, on, 0));
  }

  /** With R = G and s = e the key is r^-1 (sR - eG), the point at infinity. */
  @Test
  void aKeyAtInfinity() {
    BigInteger x =
        new BigInteger("79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798", 16);
    byte[] digest = UInt256.of(77).toBytes();
    byte[] signature = signature(x, BigInteger.valueOf(77));
    assertNull(nativeRecovery.recover(digest, signature, 0));
    assertNull(javaRecovery.recover(digest, signature, 0));
  }

  @Test
  void theAddressOfAKey() {
    byte[] key = Secp256k1.get().pubkeyCreate(UInt256.ONE.toBytes());
    assertEquals(
        Address.ofHex("0x7e5f4552091a69125d5dfcb7b8c2659029395bdf"),
        Secp256k1Signatures.addressOf(key));
    Hash digest = Hash.ofBytes(Hex.decode("11".repeat(32)));
    assertNull(Secp256k1Signatures.recover(digest, 2, UInt256.ONE, UInt256.ONE));
  }

  @Provide
  Arbitrary<BigInteger> secrets() {
    return Arbitraries.bigIntegers().between(BigInteger.ONE, ORDER.subtract(BigInteger.ONE));
  }

  @Provide
  Arbitrary<BigInteger> scalars() {
    return Arbitraries.oneOf(
        Arbitraries.bigIntegers().between(BigInteger.ZERO, ORDER),
        Arbitraries.of(
            BigInteger.ZERO,
            BigInteger.ONE,
            BigInteger.valueOf(5),
            ORDER.subtract(BigInteger.ONE),
            ORDER,
            ORDER.add(BigInteger.ONE),
            ORDER.shiftRight(1),
            ORDER.shiftRight(1).add(BigInteger.ONE),
            PRIME.subtract(BigInteger.ONE),
            PRIME,
            BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE)));
  }

  private static byte[] negated(byte[] signature) {
    BigInteger s = new BigInteger(1, Arrays.copyOfRange(signature, 32, 64));
    byte[] negated = signature.clone();
    UInt256.of(ORDER.subtract(s)).toBytes(negated, 32);
    return negated;
  }

  private static byte[] signature(BigInteger r, BigInteger s) {
    byte[] signature = new byte[64];
    UInt256.of(r).toBytes(signature, 0);
    UInt256.of(s).toBytes(signature, 32);
    return signature;
  }
}
