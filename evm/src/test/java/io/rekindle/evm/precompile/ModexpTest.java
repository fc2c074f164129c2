package io.rekindle.evm.precompile;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.rekindle.evm.fork.ModexpRule;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ModexpTest {
  private static byte[] input(byte[] base, byte[] exponent, byte[] modulus) {
    ByteBuffer input = ByteBuffer.allocate(96 + base.length + exponent.length + modulus.length);
    for (byte[] operand : new byte[][] {base, exponent, modulus}) {
      input.position(input.position() + 28).putInt(operand.length);
    }
    return input.put(base).put(exponent).put(modulus).array();
  }

  private static byte[] lengths(String base, String exponent, String modulus) {
    byte[] input = new byte[96];
    System.arraycopy(Input.bytes(new BigInteger(base, 16), 32), 0, input, 0, 32);
    System.arraycopy(Input.bytes(new BigInteger(exponent, 16), 32), 0, input, 32, 32);
    System.arraycopy(Input.bytes(new BigInteger(modulus, 16), 32), 0, input, 64, 32);
    return input;
  }

  private static long gas(ModexpRule rule, byte[] input) {
    return new Modexp(rule).gas(input);
  }

  /** The examples of EIP-198. */
  @Test
  void firstPrices() {
    byte[] exponent = new byte[32];
    exponent[0] = (byte) 0xFF;
    assertEquals(13_056, gas(ModexpRule.EIP_198, input(new byte[1], exponent, new byte[32])));
    assertEquals(Long.MAX_VALUE, gas(ModexpRule.EIP_198, lengths("0", "20", "f".repeat(64))));
    assertEquals(0, gas(ModexpRule.EIP_198, lengths("0", "f".repeat(64), "0")));
  }

  @Test
  void laterPrices() {
    byte[] exponent = new byte[32];
    exponent[0] = (byte) 0xFF;
    byte[] input = input(new byte[1], exponent, new byte[32]);
    assertEquals(16 * 255 / 3, gas(ModexpRule.EIP_2565, input));
    assertEquals(16 * 255, gas(ModexpRule.EIP_7883, input));
    byte[] wide = input(new byte[33], new byte[40], new byte[1]);
    assertEquals(25 * 64 / 3, gas(ModexpRule.EIP_2565, wide));
    assertEquals(50 * 128, gas(ModexpRule.EIP_7883, wide));
    assertEquals(200, gas(ModexpRule.EIP_2565, new byte[0]));
    assertEquals(500, gas(ModexpRule.EIP_7883, new byte[0]));
  }

  @Test
  void osakaBoundsTheOperands() {
    Modexp osaka = new Modexp(ModexpRule.EIP_7883);
    assertNull(osaka.run(lengths("401", "0", "0")));
    assertNull(osaka.run(lengths("0", "401", "0")));
    assertNull(osaka.run(lengths("0", "0", "401")));
    assertEquals(1024, osaka.run(lengths("400", "400", "400")).length);
  }

  @Test
  void aNumberThatEndsEarlyGoesOnWithZeros() {
    Modexp modexp = new Modexp(ModexpRule.EIP_2565);
    assertArrayEquals(new byte[2], modexp.run(lengths("1", "1", "2")));
    byte[] whole = input(new byte[] {3}, new byte[] {2}, new byte[] {5, 0});
    assertArrayEquals(new byte[] {0, 9}, modexp.run(Arrays.copyOf(whole, whole.length - 1)));
  }

  @Test
  void agreesWithBigInteger() {
    Random random = new Random(5);
    for (int i = 0; i < 2000; i++) {
      byte[] base = new byte[random.nextInt(i % 10 == 0 ? 200 : 70)];
      byte[] exponent = new byte[random.nextInt(40)];
      byte[] modulus = new byte[1 + random.nextInt(i % 10 == 0 ? 200 : 70)];
      random.nextBytes(base);
      random.nextBytes(exponent);
      random.nextBytes(modulus);
      if (i % 3 == 0) {
        modulus[modulus.length - 1] &= (byte) (0xFF << random.nextInt(9));
      }
      BigInteger m = new BigInteger(1, modulus);
      BigInteger expected =
          m.signum() == 0 ? m : new BigInteger(1, base).modPow(new BigInteger(1, exponent), m);
      assertEquals(
          expected,
          new BigInteger(1, new Modexp(ModexpRule.EIP_2565).run(input(base, exponent, modulus))));
    }
  }

  /** Odd moduli, even ones and powers of two, about the width that has code of its own. */
  @Test
  void smallModuliAgreeWithBigInteger() {
    Random random = new Random(198);
    for (int i = 0; i < 20_000; i++) {
      int bits = random.nextInt(70);
      BigInteger modulus = new BigInteger(bits, random).shiftLeft(random.nextInt(20));
      switch (i % 4) {
        case 0 -> modulus = modulus.setBit(0);
        case 1 -> modulus = BigInteger.ONE.shiftLeft(bits);
        case 2 -> modulus = BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE);
        default -> {}
      }
      if (modulus.signum() == 0) {
        modulus = BigInteger.ONE;
      }
      BigInteger base = new BigInteger(random.nextInt(140), random);
      BigInteger exponent = new BigInteger(random.nextInt(140), random);
      byte[] output = new Modexp(ModexpRule.EIP_2565).run(input(base, exponent, modulus));
      String call = base + " ^ " + exponent + " mod " + modulus;
      assertEquals(base.modPow(exponent, modulus), new BigInteger(1, output), call);
    }
  }

  private static byte[] input(BigInteger base, BigInteger exponent, BigInteger modulus) {
    return input(base.toByteArray(), exponent.toByteArray(), modulus.toByteArray());
  }
}
