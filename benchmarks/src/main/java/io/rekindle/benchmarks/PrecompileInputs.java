package io.rekindle.benchmarks;

import io.rekindle.benchmarks.PrecompileReport.Call;
import io.rekindle.evm.crypto.Sha2;
import io.rekindle.evm.fork.Fork;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;

/** Inputs of precompiles that take long for their price, the same in every run. */
final class PrecompileInputs {
  private static final BigInteger BN254_P =
      new BigInteger("30644e72e131a029b85045b68181585d97816a916871ca8d3c208c16d87cfd47", 16);

  /** alt_bn128's generator of G2 as EIP-197 writes it. */
  private static final String BN254_G2 =
      "198e9393920d483a7260bfb731fb5d25f1aa493335a9e71297e485b7aef312c2"
          + "1800deef121f1e76426a00665e5c4479674322d4f75edadd46debd5cd992f6ed"
          + "090689d0585ff075ec9e99ad690c3395bc4b313370b38ef355acdadcd122975b"
          + "12c85ea5db8c6deb4aab71808dcb408fe3d1e7690c43d37b4ce6cc0166fa7daa";

  private final Map<String, Call> calls = new LinkedHashMap<>();

  private PrecompileInputs() {}

  static Map<String, Call> all() {
    PrecompileInputs inputs = new PrecompileInputs();
    inputs.addModexp();
    inputs.addSignature();
    inputs.addBn254();
    inputs.addBls();
    return inputs.calls;
  }

  private void add(String name, Fork fork, int address, byte[] input) {
    calls.put(name, new Call(fork, address, input));
  }

  private void addOsaka(String name, int address, byte[]... input) {
    add(name, Fork.OSAKA, address, concatenate(input));
  }

  private void addModexp() {
    for (int size : new int[] {1, 8, 16, 24, 32, 40, 64, 128, 192, 256, 512, 1024}) {
      for (boolean odd : new boolean[] {true, false}) {
        for (int exponentBytes : new int[] {1, 2, 32, 64, 512}) {
          byte[] modulus = full(size);
          modulus[size - 1] = (byte) (odd ? 0xFB : 0xF8);
          addModexp(size + (odd ? " odd" : " even"), exponentBytes, modulus);
        }
      }
      byte[] powerOfTwo = new byte[size];
      powerOfTwo[0] = (byte) 0x80;
      addModexp(size + " power of 2", 32, powerOfTwo);
      byte[] oddTimesPower = new byte[size];
      Arrays.fill(oddTimesPower, 0, (size + 1) / 2, (byte) 0xFF);
      addModexp(size + " half zeros", 32, oddTimesPower);
    }
  }

  private void addModexp(String name, int exponentBytes, byte[] modulus) {
    byte[] base = full(modulus.length);
    base[0] = (byte) 0xA5;
    byte[] exponent = full(exponentBytes);
    byte[] input =
        concatenate(
            word(base.length), word(exponentBytes), word(modulus.length), base, exponent, modulus);
    for (Fork fork : new Fork[] {Fork.BERLIN, Fork.OSAKA}) {
      add("modexp " + name + ", exponent " + exponentBytes + ", " + fork, fork, 5, input);
    }
  }

  private void addSignature() {
    ECDomainParameters curve = new ECDomainParameters(CustomNamedCurves.getByName("secp256r1"));
    byte[] hash = full(32);
    BigInteger key = new BigInteger(1, Sha2.sha256(hash));
    ECDSASigner signer = new ECDSASigner(new HMacDSAKCalculator(new SHA256Digest()));
    signer.init(true, new ECPrivateKeyParameters(key, curve));
    BigInteger[] signature = signer.generateSignature(hash);
    byte[] point = curve.getG().multiply(key).getEncoded(false);
    addOsaka(
        "p256verify",
        0x100,
        hash,
        number(signature[0], 32),
        number(signature[1], 32),
        Arrays.copyOfRange(point, 1, 65));
  }

  private void addBn254() {
    byte[] g1 = concatenate(word(1), word(2));
    byte[] p = call(7, g1, Sha2.sha256(g1));
    byte[] q = call(7, g1, Sha2.sha256(p));
    addOsaka("bn254 add", 6, p, q);
    addOsaka("bn254 mul", 7, p, full(32));
    byte[] g2 = number(new BigInteger(BN254_G2, 16), 128);
    byte[] negated =
        concatenate(
            Arrays.copyOf(g2, 64), negate(g2, 64, 32, BN254_P), negate(g2, 96, 32, BN254_P));
    for (int pairs : new int[] {1, 2, 4, 16, 64}) {
      ByteArrayOutputStream input = new ByteArrayOutputStream();
      for (int i = 0; i < pairs; i++) {
        input.writeBytes(p);
        input.writeBytes(i % 2 == 0 ? g2 : negated);
      }
      addOsaka("bn254 pairing " + pairs, 8, input.toByteArray());
    }
  }

  private void addBls() {
    byte[] field = concatenate(new byte[32], Sha2.sha256(word(1)));
    addOsaka("bls12 map to G1", 0x10, field);
    addOsaka("bls12 map to G2", 0x11, field, field);
    byte[][] g1 = new byte[128][];
    byte[][] g2 = new byte[128][];
    for (int i = 0; i < 128; i++) {
      byte[] seed = concatenate(new byte[32], Sha2.sha256(word(i)));
      g1[i] = call(0x10, seed);
      g2[i] = call(0x11, seed, seed);
    }
    addOsaka("bls12 G1 add", 0x0b, g1[0], g1[1]);
    addOsaka("bls12 G2 add", 0x0d, g2[0], g2[1]);
    for (int count : new int[] {1, 2, 4, 8, 16, 32, 64, 128}) {
      ByteArrayOutputStream ofG1 = new ByteArrayOutputStream();
      ByteArrayOutputStream ofG2 = new ByteArrayOutputStream();
      ByteArrayOutputStream pairs = new ByteArrayOutputStream();
      for (int i = 0; i < count; i++) {
        byte[] scalar = Sha2.sha256(g1[i]);
        ofG1.writeBytes(g1[i]);
        ofG1.writeBytes(scalar);
        ofG2.writeBytes(g2[i]);
        ofG2.writeBytes(scalar);
        pairs.writeBytes(g1[i]);
        pairs.writeBytes(g2[i]);
      }
      addOsaka("bls12 G1 msm " + count, 0x0c, ofG1.toByteArray());
      addOsaka("bls12 G2 msm " + count, 0x0e, ofG2.toByteArray());
      addOsaka("bls12 pairing " + count, 0x0f, pairs.toByteArray());
    }
  }

  private static byte[] call(int address, byte[]... input) {
    return new Call(Fork.OSAKA, address, null).precompile().run(concatenate(input));
  }

  /** A field's number at {@code offset}, negated. */
  private static byte[] negate(byte[] in, int offset, int length, BigInteger modulus) {
    return number(modulus.subtract(new BigInteger(1, in, offset, length)), length);
  }

  private static byte[] full(int length) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) 0xFF);
    return bytes;
  }

  private static byte[] word(int number) {
    return ByteBuffer.allocate(32).putInt(28, number).array();
  }

  private static byte[] number(BigInteger number, int length) {
    byte[] raw = number.toByteArray();
    byte[] out = new byte[length];
    int used = Math.min(raw.length, length);
    System.arraycopy(raw, raw.length - used, out, length - used, used);
    return out;
  }

  private static byte[] concatenate(byte[]... parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      out.writeBytes(part);
    }
    return out.toByteArray();
  }
}
