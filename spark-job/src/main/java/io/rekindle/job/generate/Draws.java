package io.rekindle.job.generate;

import io.rekindle.evm.crypto.Keccak256;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;

/** Seeded random numbers by SplitMix64 (Steele, Lea, Flood 2014). One sequence for a chain. */
final class Draws {
  private static final long GAMMA = 0x9e3779b97f4a7c15L;
  private static final UInt256 FINNEY = UInt256.of(1_000_000_000_000_000L);

  private long state;

  Draws(long seed) {
    this.state = seed;
  }

  long bits() {
    state += GAMMA;
    long z = state;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  /** From 0 up to 1, without 1. */
  double unit() {
    return (bits() >>> 11) * 0x1.0p-53;
  }

  /** From 0 up to the bound, without it. */
  int below(int bound) {
    return (int) (unit() * bound);
  }

  boolean chance(double probability) {
    return unit() < probability;
  }

  Hash hash() {
    return Hash.of(bits(), bits(), bits(), bits());
  }

  byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (bits() >>> 56);
    }
    return bytes;
  }

  /** An amount in wei from 1 to the given number of thousandths of an ether (or of a token). */
  UInt256 milli(int most) {
    return FINNEY.multiply(1 + below(most));
  }

  /** A secret that depends on the seed and a place alone, not on what was drawn before. */
  static byte[] secret(long seed, int place) {
    byte[] bytes = UInt256.of(0, 0, seed, place).toBytes();
    bytes[0] = 'k';
    return Keccak256.hash(bytes).toBytes();
  }
}
