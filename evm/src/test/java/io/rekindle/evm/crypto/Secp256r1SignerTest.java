package io.rekindle.evm.crypto;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.rekindle.evm.crypto.Secp256r1Signer.Signature;
import io.rekindle.evm.fork.Fork;
import io.rekindle.evm.precompile.Precompile;
import io.rekindle.evm.precompile.Precompiles;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class Secp256r1SignerTest {
  @Property(tries = 50)
  void thePrecompileTakesTheSignatureForThisDigestAlone(
      @ForAll @LongRange(min = 1) long seed, @ForAll @Size(32) byte[] digest) {
    Secp256r1Signer signer =
        new Secp256r1Signer(Keccak256.hash(UInt256.of(seed).toBytes()).toBytes());
    Signature signature = signer.sign(Hash.ofBytes(digest));
    assertArrayEquals(UInt256.ONE.toBytes(), verify(digest, signature, signer));
    digest[31] ^= 1;
    assertEquals(0, verify(digest, signature, signer).length);
  }

  private static byte[] verify(byte[] digest, Signature signature, Secp256r1Signer signer) {
    ByteArrayOutputStream input = new ByteArrayOutputStream();
    input.writeBytes(digest);
    for (UInt256 word : new UInt256[] {signature.r(), signature.s(), signer.x(), signer.y()}) {
      input.writeBytes(word.toBytes());
    }
    Precompile verifier = Precompiles.of(Fork.OSAKA).at(0, 0, 0x100);
    return verifier.run(input.toByteArray());
  }

  /** RFC 6979, appendix A.2.5: P-256, SHA-256, message "sample". */
  @Test
  void theStandardsExample() throws NoSuchAlgorithmException {
    Secp256r1Signer signer =
        new Secp256r1Signer(
            UInt256.ofHex("0xc9afa9d845ba75166b5c215767b1d6934e50c3db36e89b127b8a622b120f6721")
                .toBytes());
    assertEquals(
        UInt256.ofHex("0x60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6"),
        signer.x());
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest("sample".getBytes(StandardCharsets.US_ASCII));
    assertEquals(
        new Signature(
            UInt256.ofHex("0xefd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716"),
            UInt256.ofHex("0xf7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8")),
        signer.sign(Hash.ofBytes(digest)));
  }

  @Test
  void secretsOutOfRange() {
    assertThrows(IllegalArgumentException.class, () -> new Secp256r1Signer(new byte[32]));
    assertThrows(IllegalArgumentException.class, () -> new Secp256r1Signer(new byte[31]));
    assertThrows(IllegalArgumentException.class, () -> new Secp256r1Signer(UInt256.MAX.toBytes()));
  }
}
