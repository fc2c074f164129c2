package io.rekindle.evm.precompile;

import io.rekindle.evm.fork.ModexpRule;
import java.math.BigInteger;
import java.nio.ByteBuffer;

/**
 * 0x05: {@code base^exponent mod modulus} of numbers of any size (EIP-198). The input is three
 * 32-byte lengths and then the three numbers. What it costs is the fork's rule: {@link
 * ModexpPrice}.
 */
final class Modexp implements Precompile {
  private static final BigInteger OSAKA_LIMIT = BigInteger.valueOf(1024);
  private static final BigInteger INT_LIMIT = BigInteger.valueOf(Integer.MAX_VALUE);
  private static final byte[] NOTHING = new byte[0];

  private final ModexpRule rule;

  Modexp(ModexpRule rule) {
    this.rule = rule;
  }

  @Override
  public long gas(byte[] input) {
    return ModexpPrice.of(rule, input);
  }

  @Override
  public byte[] run(byte[] input) {
    BigInteger baseLength = Input.number(input, 0, 32);
    BigInteger exponentLength = Input.number(input, 32, 32);
    BigInteger modulusLength = Input.number(input, 64, 32);
    if (rule == ModexpRule.EIP_7883
        && baseLength.max(exponentLength).max(modulusLength).compareTo(OSAKA_LIMIT) > 0) {
      return null;
    }
    if (modulusLength.signum() == 0) {
      return NOTHING;
    }
    if (baseLength.max(exponentLength).max(modulusLength).compareTo(INT_LIMIT) > 0) {
      return null; // no block's gas pays for such numbers
    }
    int baseBytes = baseLength.intValue();
    int exponentBytes = exponentLength.intValue();
    int modulusBytes = modulusLength.intValue();
    long exponentAt = 96L + baseBytes;
    BigInteger modulus = Input.number(input, exponentAt + exponentBytes, modulusBytes);
    if (modulus.signum() == 0) {
      return new byte[modulusBytes];
    }
    BigInteger base = Input.number(input, 96, baseBytes);
    BigInteger exponent = Input.number(input, exponentAt, exponentBytes);
    return Input.bytes(power(base, exponent, modulus), modulusBytes);
  }

  private static BigInteger power(BigInteger base, BigInteger exponent, BigInteger modulus) {
    if (modulus.bitLength() > Long.SIZE) {
      return base.modPow(exponent, modulus);
    }
    long power = LimbPower.of(base, exponent, modulus.longValue());
    return new BigInteger(1, ByteBuffer.allocate(Long.BYTES).putLong(power).array());
  }
}
