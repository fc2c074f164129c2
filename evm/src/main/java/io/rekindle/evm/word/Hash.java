package io.rekindle.evm.word;

/**
 * A 32-byte hash, immutable: a Keccak-256 digest, a root, a block hash. {@code limb3} holds its
 * first 8 bytes. Ordered as its bytes are.
 */
public final class Hash implements Comparable<Hash> {
  public static final Hash ZERO = new Hash(0, 0, 0, 0);

  private final long limb3;
  private final long limb2;
  private final long limb1;
  private final long limb0;

  private Hash(long limb3, long limb2, long limb1, long limb0) {
    this.limb3 = limb3;
    this.limb2 = limb2;
    this.limb1 = limb1;
    this.limb0 = limb0;
  }

  public static Hash of(long limb3, long limb2, long limb1, long limb0) {
    return new Hash(limb3, limb2, limb1, limb0);
  }

  /**
   * @throws IllegalArgumentException where there are not 32 bytes
   */
  public static Hash ofBytes(byte[] bytes) {
    if (bytes.length != 32) {
      throw new IllegalArgumentException("a hash has 32 bytes, not " + bytes.length);
    }
    return ofBytes(bytes, 0);
  }

  /** From 32 bytes at {@code offset}. */
  public static Hash ofBytes(byte[] bytes, int offset) {
    return new Hash(
        (long) UInt256.BIG_ENDIAN.get(bytes, offset),
        (long) UInt256.BIG_ENDIAN.get(bytes, offset + 8),
        (long) UInt256.BIG_ENDIAN.get(bytes, offset + 16),
        (long) UInt256.BIG_ENDIAN.get(bytes, offset + 24));
  }

  /** From 64 hexadecimal digits, with or without 0x. */
  public static Hash ofHex(String text) {
    return ofBytes(Hex.decode(text));
  }

  public long limb3() {
    return limb3;
  }

  public long limb2() {
    return limb2;
  }

  public long limb1() {
    return limb1;
  }

  public long limb0() {
    return limb0;
  }

  /** Writes 32 bytes at {@code offset}. */
  public void toBytes(byte[] bytes, int offset) {
    UInt256.BIG_ENDIAN.set(bytes, offset, limb3);
    UInt256.BIG_ENDIAN.set(bytes, offset + 8, limb2);
    UInt256.BIG_ENDIAN.set(bytes, offset + 16, limb1);
    UInt256.BIG_ENDIAN.set(bytes, offset + 24, limb0);
  }

  /** 32 bytes. */
  public byte[] toBytes() {
    byte[] bytes = new byte[32];
    toBytes(bytes, 0);
    return bytes;
  }

  @Override
  public int compareTo(Hash other) {
    int order = Long.compareUnsigned(limb3, other.limb3);
    if (order == 0) {
      order = Long.compareUnsigned(limb2, other.limb2);
    }
    if (order == 0) {
      order = Long.compareUnsigned(limb1, other.limb1);
    }
    return order == 0 ? Long.compareUnsigned(limb0, other.limb0) : order;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Hash that
        && limb0 == that.limb0
        && limb1 == that.limb1
        && limb2 == that.limb2
        && limb3 == that.limb3;
  }

  @Override
  public int hashCode() {
    return (int) (limb0 ^ (limb0 >>> 32));
  }

  /** 0x and 64 lower-case digits. */
  @Override
  public String toString() {
    return Hex.encode(toBytes());
  }
}
