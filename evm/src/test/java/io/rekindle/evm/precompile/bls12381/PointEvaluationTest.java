package io.rekindle.evm.precompile.bls12381;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rekindle.evm.word.Hex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

class PointEvaluationTest {
  private static final String TESTS =
      "cancun/eip4844_blobs/test_point_evaluation_precompile_gas_usage.json";
  private final PointEvaluation evaluation = new PointEvaluation();

  /** z, y, commitment and proof with the right versioned hash before them. */
  private static byte[] input(byte[] rest) throws GeneralSecurityException {
    byte[] input = new byte[192];
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(Arrays.copyOfRange(rest, 64, 64 + 48));
    System.arraycopy(hash, 0, input, 0, 32);
    input[0] = 1;
    System.arraycopy(rest, 0, input, 32, 160);
    return input;
  }

  /**
   * The commitment to the polynomial 1 is the generator, and infinity proves each of its values.
   */
  private static byte[] constantPolynomial() {
    byte[] rest = new byte[160];
    rest[31] = 77;
    rest[63] = 1;
    byte[] x = new byte[48];
    Bls12381.FP.write(x, 0, Bls12381.G1_GENERATOR, 0);
    System.arraycopy(x, 0, rest, 64, 48);
    rest[64] |= (byte) 0x80;
    rest[112] = (byte) 0xC0;
    return rest;
  }

  @Test
  void aConstantPolynomialHasItsValueEverywhere() throws GeneralSecurityException {
    byte[] rest = constantPolynomial();
    byte[] output = evaluation.run(input(rest));
    assertNotNull(output);
    assertEquals(
        "0x0000000000000000000000000000000000000000000000000000000000001000"
            + "73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001",
        Hex.encode(output));
    rest[63] = 2;
    assertNull(evaluation.run(input(rest)), "another value");
  }

  @Test
  void refusesOtherHashesNumbersAndPoints() throws GeneralSecurityException {
    byte[] rest = constantPolynomial();
    byte[] otherHash = input(rest);
    otherHash[5] ^= 1;
    assertNull(evaluation.run(otherHash));
    assertNull(evaluation.run(Arrays.copyOf(input(rest), 191)));
    byte[] largeZ = rest.clone();
    Arrays.fill(largeZ, 0, 32, (byte) 0xFF);
    assertNull(evaluation.run(input(largeZ)));
    byte[] uncompressed = rest.clone();
    uncompressed[64] &= 0x7F;
    assertNull(evaluation.run(input(uncompressed)));
    byte[] signedInfinity = rest.clone();
    signedInfinity[112] = (byte) 0xE0;
    assertNull(evaluation.run(input(signedInfinity)));
    byte[] otherSign = rest.clone();
    otherSign[64] ^= 0x20;
    assertNull(evaluation.run(input(otherSign)), "the commitment to -1");
  }

  @Test
  void acceptsTheRightProofsOfTheStateTestsOnly() throws IOException {
    Path file = Path.of(System.getProperty("rekindle.fixtures", ""), "eest-state-tests.zip");
    assumeTrue(Files.exists(file), "not run: no fixtures at " + file);
    int right = 0;
    int wrong = 0;
    try (ZipFile zip = new ZipFile(file.toFile())) {
      JsonNode tests = new ObjectMapper().readTree(zip.getInputStream(zip.getEntry(TESTS)));
      for (var test : tests.properties()) {
        byte[] input = Hex.decode(test.getValue().at("/transaction/data/0").asText());
        boolean correct = test.getKey().contains("proof_correct");
        assertEquals(correct, evaluation.run(input) != null, test.getKey());
        right += correct ? 1 : 0;
        wrong += correct ? 0 : 1;
      }
    }
    assertTrue(right > 10 && wrong > 10, right + " right, " + wrong + " wrong");
  }
}
