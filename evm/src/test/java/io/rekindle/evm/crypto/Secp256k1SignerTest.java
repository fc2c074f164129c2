package io.rekindle.evm.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rekindle.evm.crypto.Secp256k1Signer.Signature;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class Secp256k1SignerTest {
  @Property(tries = 100)
  void bothLibrariesSignAlikeAndTheSignerIsRecovered(
      @ForAll @LongRange(min = 1) long seed, @ForAll @Size(32) byte[] digestBytes) {
    byte[] secret = Keccak256.hash(UInt256.of(seed).toBytes()).toBytes();
    Hash digest = Hash.ofBytes(digestBytes);
    Secp256k1Signer signer = new Secp256k1Signer(secret, true);
    Secp256k1Signer inJava = new Secp256k1Signer(secret, false);
    Signature signature = signer.sign(digest);
    assertEquals(signature, inJava.sign(digest));
    assertEquals(signer.address(), inJava.address());
    assertTrue(Secp256k1Signatures.isLowS(signature.s()));
    assertEquals(
        signer.address(),
        Secp256k1Signatures.recover(digest, signature.parity(), signature.r(), signature.s()));
  }

  @Test
  void theAddressOfSecretOne() {
    assertEquals(
        Address.ofHex("0x7e5f4552091a69125d5dfcb7b8c2659029395bdf"),
        new Secp256k1Signer(UInt256.ONE.toBytes()).address());
  }

  @Test
  void secretsOutOfRange() {
    assertThrows(IllegalArgumentException.class, () -> new Secp256k1Signer(new byte[32]));
    assertThrows(IllegalArgumentException.class, () -> new Secp256k1Signer(new byte[31]));
    assertThrows(IllegalArgumentException.class, () -> new Secp256k1Signer(UInt256.MAX.toBytes()));
  }
}
