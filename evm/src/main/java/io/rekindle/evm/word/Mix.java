package io.rekindle.evm.word;

/** Hashing of limbs for hash tables: multiply, fold, and spread. Not cryptographic. */
public final class Mix {
  private static final long K0 = 0x9E3779B97F4A7C15L;
  private static final long K1 = 0xC2B2AE3D27D4EB4FL;
  private static final long K2 = 0x165667B19E3779F9L;
  private static final long K3 = 0xD6E8FEB86659FD93L;

  private Mix() {}

  public static int fold(long a, long b, long c, long d) {
    long h = (a ^ K3) * K0 + (b ^ K2) * K1 + (c ^ K1) * K2 + (d ^ K0) * K3;
    h ^= h >>> 32;
    h *= K0;
    return (int) (h >>> 32);
  }

  public static int fold(long a, long b, long c) {
    long h = (a ^ K3) * K0 + (b ^ K2) * K1 + (c ^ K1) * K2;
    h ^= h >>> 32;
    h *= K0;
    return (int) (h >>> 32);
  }
}
