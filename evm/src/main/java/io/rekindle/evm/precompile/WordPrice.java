package io.rekindle.evm.precompile;

/** A price of a base amount and so much for each started 32-byte word of input. */
record WordPrice(int base, int perWord) {
  long of(byte[] input) {
    return base + (long) perWord * ((input.length + 31L) / 32);
  }
}
