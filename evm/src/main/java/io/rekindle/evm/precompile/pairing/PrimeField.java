package io.rekindle.evm.precompile.pairing;

import java.math.BigInteger;

/**
 * The integers modulo an odd prime, in Montgomery form: x is kept as {@code x * R mod p}, reduced,
 * with {@code R = 2^(55 * limbs)}, as limbs of 55 bits, least significant first. Immutable.
 *
 * <p>Why 55 bits: Java has no unsigned high product before version 18 and no carry flag. With nine
 * bits free in every limb, {@code Math.multiplyHigh(x << 4, y << 5)} is the product's part above 55
 * bits, low and high parts are summed without carries, and negative limbs work as well. The limbs
 * are more, the steps for each far fewer: about half the time of 64-bit limbs.
 *
 * <p>Multiplication is operand scanning with interleaved reduction (Koc, Acar, Kaliski: "Analyzing
 * and Comparing Montgomery Multiplication Algorithms", CIOS). For extension fields, whose
 * coefficients are sums of products, {@link #mulWide} and {@link #reduce} are its two halves: the
 * sum is reduced once (Aranha et al.: "Faster Explicit Formulas for Computing Pairings over
 * Ordinary Curves", 2011).
 */
public abstract sealed class PrimeField extends Field permits FiveLimbField, SevenLimbField {
  static final int BITS = 55;
  static final long MASK = (1L << BITS) - 1;

  private final BigInteger modulus;
  private final BigInteger radix;
  private final int bytes;
  private final long[] modulusLimbs;
  private final long[] one;
  private final long[] radixSquared;
  private final long[] radixCubed;
  private final long[] zero;

  PrimeField(BigInteger modulus, int limbs) {
    super(limbs);
    this.modulus = modulus;
    radix = BigInteger.ONE.shiftLeft(BITS * limbs);
    bytes = (modulus.bitLength() + 7) / 8;
    modulusLimbs = limbsOf(modulus);
    one = limbsOf(radix.mod(modulus));
    radixSquared = limbsOf(radix.pow(2).mod(modulus));
    radixCubed = limbsOf(radix.pow(3).mod(modulus));
    zero = new long[limbs];
  }

  /**
   * The field of a prime of at most 382 bits.
   *
   * @throws IllegalArgumentException where the modulus is too large
   */
  public static PrimeField of(BigInteger modulus) {
    if (modulus.bitLength() <= 272) {
      return new FiveLimbField(modulus);
    }
    if (modulus.bitLength() <= 382) {
      return new SevenLimbField(modulus);
    }
    throw new IllegalArgumentException("a field of " + modulus.bitLength() + " bits");
  }

  /**
   * r = a * b, not reduced: twice as many limbs, all but the last from 0 to 2^55. Limbs of the
   * operands may have any sign and 57 bits, as sums without carries of up to four elements do.
   */
  abstract void mulWide(long[] r, int ro, long[] a, int ao, long[] b, int bo);

  /**
   * The element for a number as {@link #mulWide} leaves it, or for sums and differences of such
   * limbs: at most 2^61 each, and the number between -p R and p R, which for BLS12-381 is 19 p^2.
   */
  abstract void reduce(long[] r, int ro, long[] wide, int wo);

  @Override
  public final void setOne(long[] r, int ro) {
    copy(r, ro, one, 0);
  }

  @Override
  public final void invert(long[] r, int ro, long[] a, int ao) {
    long[] inverse = ModularInverse.of(modulusLimbs, a, ao);
    mul(r, ro, inverse, 0, radixCubed, 0);
  }

  public final BigInteger modulus() {
    return modulus;
  }

  /** Bytes of the modulus. */
  public final int bytes() {
    return bytes;
  }

  /** An element from a number that is not negative. */
  public final long[] element(BigInteger number) {
    return limbsOf(number.multiply(radix).mod(modulus));
  }

  /** The element as a number below the modulus. */
  public final BigInteger number(long[] a, int ao) {
    byte[] out = new byte[bytes];
    write(out, 0, a, ao);
    return new BigInteger(1, out);
  }

  /** Reads {@link #bytes()} big-endian bytes; false where the number is not below the modulus. */
  public final boolean read(long[] r, int ro, byte[] in, int offset) {
    int n = size();
    for (int i = 0; i < n; i++) {
      r[ro + i] = 0;
    }
    for (int i = 0; i < bytes; i++) {
      long octet = in[offset + bytes - 1 - i] & 0xFF;
      int limb = 8 * i / BITS;
      int shift = 8 * i % BITS;
      r[ro + limb] |= (octet << shift) & MASK;
      if (shift > BITS - 8) {
        r[ro + limb + 1] |= octet >>> (BITS - shift);
      }
    }
    if (!isBelowModulus(r, ro)) {
      return false;
    }
    mul(r, ro, r, ro, radixSquared, 0);
    return true;
  }

  /** Writes {@link #bytes()} big-endian bytes. */
  public final void write(byte[] out, int offset, long[] a, int ao) {
    long[] plain = plain(a, ao);
    for (int i = 0; i < bytes; i++) {
      int limb = 8 * i / BITS;
      int shift = 8 * i % BITS;
      long octet = plain[limb] >>> shift;
      if (shift > BITS - 8 && limb + 1 < plain.length) {
        octet |= plain[limb + 1] << (BITS - shift);
      }
      out[offset + bytes - 1 - i] = (byte) octet;
    }
  }

  /** The limbs of the number itself, out of Montgomery form. */
  final long[] plain(long[] a, int ao) {
    long[] unit = new long[size()];
    unit[0] = 1;
    mul(unit, 0, a, ao, unit, 0);
    return unit;
  }

  /** Whether the number is odd. */
  public final boolean isOdd(long[] a, int ao) {
    return (plain(a, ao)[0] & 1) != 0;
  }

  private boolean isBelowModulus(long[] a, int ao) {
    for (int i = size() - 1; i >= 0; i--) {
      if (a[ao + i] != modulusLimbs[i]) {
        return a[ao + i] < modulusLimbs[i];
      }
    }
    return false;
  }

  @Override
  final long[] zero() {
    return zero;
  }

  /** -1 / p modulo 2^55. */
  final long negatedInverse() {
    return -ModularInverse.inverseOfLimb(modulusLimbs[0]) & MASK;
  }

  /** A number below R as limbs. */
  final long[] limbsOf(BigInteger number) {
    long[] limbs = new long[size()];
    for (int i = 0; i < limbs.length; i++) {
      limbs[i] = number.shiftRight(BITS * i).longValue() & MASK;
    }
    return limbs;
  }
}
