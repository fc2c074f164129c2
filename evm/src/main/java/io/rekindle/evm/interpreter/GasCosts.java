package io.rekindle.evm.interpreter;

/** Gas that is the same in every fork; what differs is in {@code Fork}. */
final class GasCosts {
  /** A word copied or a word of memory's linear part. */
  static final int COPY_WORD = 3;

  static final int KECCAK256_WORD = 6;
  static final int LOG_BYTE = 8;
  static final int CALL_VALUE = 9_000;
  static final int CALL_STIPEND = 2_300;
  static final int NEW_ACCOUNT = 25_000;
  static final int CODE_DEPOSIT_BYTE = 200;

  /** What the first access to an account costs beyond the warm cost (EIP-2929). */
  static final int COLD_ACCOUNT_SURCHARGE = 2_500;

  static final int COLD_ACCOUNT = 2_600;

  /** What the first read of a slot costs beyond the warm cost (EIP-2929). */
  static final int COLD_SLOT_SURCHARGE = 2_000;

  static final int COLD_SLOT = 2_100;
  static final int WARM_ACCESS = 100;
  static final int SSTORE_SET = 20_000;
  static final int SSTORE_RESET = 5_000;

  private GasCosts() {}

  /** 32-byte words that hold this many bytes, up to 2^31. */
  static long words(long bytes) {
    return (bytes + 31) >> 5;
  }
}
