package io.rekindle.job.generate;

import io.rekindle.evm.crypto.Keccak256;
import io.rekindle.evm.engine.ContractAddress;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import java.util.ArrayList;
import java.util.List;

/**
 * Claims of tokens by Merkle proofs. Once all of an airdrop is claimed, the next one is deployed
 * and paid for: a burst of strangers who share a bitmap and one balance.
 */
final class Airdrops {
  /** Leaves of one airdrop; its bitmap takes two slots. */
  private static final int CLAIMS = 512;

  private static final double SECOND_CLAIM = 0.05;
  private static final double FORGED = 0.02;

  private final World world;
  private final Draws draws;
  private Airdrop current;
  private int known;

  private static final class Airdrop {
    private final Address token;
    private final UInt256[] amounts = new UInt256[CLAIMS];
    private final List<Integer> open = new ArrayList<>();
    private MerkleTree tree;
    private UInt256 total = UInt256.ZERO;
    private Address address;
    private boolean paid;
    private int lastClaimed = -1;

    Airdrop(Address token) {
      this.token = token;
    }
  }

  Airdrops(World world, Draws draws) {
    this.world = world;
    this.draws = draws;
  }

  /** A claim, or what must come before it. */
  Intent claim() {
    if (current == null || current.open.isEmpty()) {
      current = draw();
    }
    if (current.address == null) {
      return deploy();
    }
    if (!current.paid) {
      Airdrop airdrop = current;
      return Intent.call(
              world.deployer,
              airdrop.token,
              90_000,
              "transfer(address,uint256)",
              airdrop.address,
              airdrop.total)
          .then(() -> airdrop.paid = true);
    }
    return current.lastClaimed >= 0 && draws.chance(SECOND_CLAIM)
        ? claim(current.lastClaimed)
        : claim(current.open.get(draws.below(current.open.size())));
  }

  private Airdrop draw() {
    Airdrop airdrop = new Airdrop(world.token(known++));
    List<Hash> leaves = new ArrayList<>();
    for (int i = 0; i < CLAIMS; i++) {
      airdrop.amounts[i] = draws.milli(100_000);
      airdrop.total = airdrop.total.add(airdrop.amounts[i]);
      airdrop.open.add(i);
      byte[] leaf = Abi.encode(i, claimant(i).address(), airdrop.amounts[i]);
      leaves.add(Keccak256.hash(Keccak256.hash(leaf).toBytes()));
    }
    airdrop.tree = new MerkleTree(leaves);
    return airdrop;
  }

  private Wallet claimant(int index) {
    return world.wallets[index % world.wallets.length];
  }

  private Intent deploy() {
    Airdrop airdrop = current;
    Wallet from = world.deployer;
    byte[] code = Artifacts.creationCode("prague", "Airdrop");
    byte[] creation = Abi.creation(code, airdrop.token, airdrop.tree.root());
    Address address = ContractAddress.of(from.address(), world.nonce(from.address()));
    return Intent.of(from, null, UInt256.ZERO, creation, 900_000)
        .then(() -> airdrop.address = address);
  }

  private Intent claim(int index) {
    Airdrop airdrop = current;
    Wallet from = claimant(index);
    UInt256 amount = airdrop.amounts[index];
    if (draws.chance(FORGED)) {
      amount = amount.multiply(2);
    }
    return Intent.call(
            from,
            airdrop.address,
            170_000,
            "claim(uint256,address,uint256,bytes32[])",
            index,
            from.address(),
            amount,
            airdrop.tree.proof(index))
        .then(
            () -> {
              airdrop.open.remove(Integer.valueOf(index));
              airdrop.lastClaimed = index;
            });
  }
}
