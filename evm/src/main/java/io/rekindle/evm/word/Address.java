package io.rekindle.evm.word;

/**
 * A 20-byte account address, immutable. Kept as the three limbs of the 256-bit word that the EVM
 * shows it as: {@code limb2} holds the first 4 bytes, {@code limb1} the next 8, {@code limb0} the
 * last 8. Ordered as its bytes are.
 */
public final class Address implements Comparable<Address> {
  public static final Address ZERO = new Address(0, 0, 0);

  private final int limb2;
  private final long limb1;
  private final long limb0;

  private Address(int limb2, long limb1, long limb0) {
    this.limb2 = limb2;
    this.limb1 = limb1;
    this.limb0 = limb0;
  }

  /** From limbs, most significant first; bits above the 160th are dropped. */
  public static Address of(long limb2, long limb1, long limb0) {
    return new Address((int) limb2, limb1, limb0);
  }

  /** From the low 160 bits of the word at {@code offset}, least significant limb first. */
  public static Address ofLimbs(long[] limbs, int offset) {
    return new Address((int) limbs[offset + 2], limbs[offset + 1], limbs[offset]);
  }

  /**
   * @throws IllegalArgumentException where there are not 20 bytes
   */
  public static Address ofBytes(byte[] bytes) {
    if (bytes.length != 20) {
      throw new IllegalArgumentException("an address has 20 bytes, not " + bytes.length);
    }
    return ofBytes(bytes, 0);
  }

  /** From 20 bytes at {@code offset}. */
  public static Address ofBytes(byte[] bytes, int offset) {
    long high = (long) UInt256.BIG_ENDIAN.get(bytes, offset);
    long low = (long) UInt256.BIG_ENDIAN.get(bytes, offset + 12);
    long middle = (long) UInt256.BIG_ENDIAN.get(bytes, offset + 4);
    return new Address((int) (high >>> 32), middle, low);
  }

  /** From 40 hexadecimal digits, with or without 0x. */
  public static Address ofHex(String text) {
    return ofBytes(Hex.decode(text));
  }

  /** The first 4 bytes, zero-extended. */
  public long limb2() {
    return limb2 & 0xFFFFFFFFL;
  }

  public long limb1() {
    return limb1;
  }

  public long limb0() {
    return limb0;
  }

  /** Whether this is the low 160 bits of the given limbs. */
  public boolean matches(long otherLimb2, long otherLimb1, long otherLimb0) {
    return limb0 == otherLimb0 && limb1 == otherLimb1 && limb2 == (int) otherLimb2;
  }

  /** The hash of the address with these limbs; {@link #hashCode()} of an address is the same. */
  public static int hash(long limb2, long limb1, long limb0) {
    return Mix.fold(limb2 & 0xFFFFFFFFL, limb1, limb0);
  }

  /** Writes 20 bytes at {@code offset}. */
  public void toBytes(byte[] bytes, int offset) {
    UInt256.BIG_ENDIAN.set(bytes, offset, (limb2() << 32) | (limb1 >>> 32));
    UInt256.BIG_ENDIAN.set(bytes, offset + 4, limb1);
    UInt256.BIG_ENDIAN.set(bytes, offset + 12, limb0);
  }

  /** 20 bytes. */
  public byte[] toBytes() {
    byte[] bytes = new byte[20];
    toBytes(bytes, 0);
    return bytes;
  }

  @Override
  public int compareTo(Address other) {
    int order = Integer.compareUnsigned(limb2, other.limb2);
    if (order == 0) {
      order = Long.compareUnsigned(limb1, other.limb1);
    }
    return order == 0 ? Long.compareUnsigned(limb0, other.limb0) : order;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Address that
        && limb0 == that.limb0
        && limb1 == that.limb1
        && limb2 == that.limb2;
  }

  @Override
  public int hashCode() {
    return hash(limb2, limb1, limb0);
  }

  /** 0x and 40 lower-case digits. */
  @Override
  public String toString() {
    return Hex.encode(toBytes());
  }
}
