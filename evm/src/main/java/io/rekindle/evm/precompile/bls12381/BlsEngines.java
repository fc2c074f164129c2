package io.rekindle.evm.precompile.bls12381;

/**
 * Which code does the arithmetic of BLS12-381: the native library blst, or our own in Java where
 * that does not load. Decided once for a class loader; both give the same answers.
 */
public final class BlsEngines {
  private static final BlsEngine IN_USE = choose();

  private BlsEngines() {}

  private static BlsEngine choose() {
    try {
      return new NativeBlsEngine();
    } catch (IllegalStateException notOnThisPlatform) {
      return new JavaBlsEngine();
    }
  }

  static BlsEngine inUse() {
    return IN_USE;
  }

  /** The name of the one in use: {@code blst} or {@code Java}. */
  public static String nameInUse() {
    return IN_USE.name();
  }
}
