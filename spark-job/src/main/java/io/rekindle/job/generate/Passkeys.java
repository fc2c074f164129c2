package io.rekindle.job.generate;

import io.rekindle.evm.crypto.Keccak256;
import io.rekindle.evm.crypto.Secp256r1Signer;
import io.rekindle.evm.crypto.Secp256r1Signer.Signature;
import io.rekindle.evm.crypto.Sha2;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import java.util.HashMap;
import java.util.Map;

/** Messages that a phone or a token of hardware signed on P-256 (EIP-7951). */
final class Passkeys {
  private static final double FORGED = 0.03;

  private final World world;
  private final Draws draws;
  private final Crowd crowd;
  private final Map<Address, Passkey> keys = new HashMap<>();

  private static final class Passkey {
    private final Secp256r1Signer signer;
    private int counter;

    Passkey(Secp256r1Signer signer) {
      this.signer = signer;
    }
  }

  Passkeys(World world, Draws draws, Crowd crowd) {
    this.world = world;
    this.draws = draws;
    this.crowd = crowd;
  }

  /** The next message of somebody's key; some were tampered with on their way. */
  Intent submit() {
    Wallet from = crowd.sender();
    Passkey key = keys.computeIfAbsent(from.address(), Passkeys::keyOf);
    Address contract = world.contract("Passkey");
    long amount = draws.below(1 << 30) >> draws.below(31);
    Hash digest =
        Hash.ofBytes(Sha2.sha256(Abi.encode(World.CHAIN_ID, contract, key.counter, amount)));
    Signature signature = key.signer.sign(digest);
    return Intent.call(
            from,
            contract,
            160_000,
            "submit(bytes32,bytes32,uint256,bytes32,bytes32)",
            key.signer.x(),
            key.signer.y(),
            draws.chance(FORGED) ? amount + 1 : amount,
            signature.r(),
            signature.s())
        .then(() -> key.counter++);
  }

  private static Passkey keyOf(Address owner) {
    byte[] secret = Keccak256.hash(Abi.join(new byte[] {'p'}, owner.toBytes())).toBytes();
    return new Passkey(new Secp256r1Signer(secret));
  }
}
