package io.rekindle.job.generate;

import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Actions that go on from what was done before: items, creatures, goods, votes, rollups. */
final class Stories {
  private static final int ROLLUPS = 2;
  private static final int MAX_BLOBS = 3;
  private static final int PROPOSAL_BLOCKS = 24;

  private final World world;
  private final Draws draws;
  private final Crowd crowd;

  private final List<Wallet> itemOwners = new ArrayList<>();
  private final Map<Integer, UInt256> offers = new HashMap<>();
  private final List<Wallet> creatureOwners = new ArrayList<>();
  private final List<Long> restUntil = new ArrayList<>();
  private final List<Good> goods = new ArrayList<>();
  private final List<Wallet> members = new ArrayList<>();
  private final List<Wallet> delegated = new ArrayList<>();
  private final Set<Address> delegatedAddresses = new HashSet<>();
  private final Hash[] roots = {Hash.ZERO, Hash.ZERO};
  private int proposals;
  private long proposalStart;
  private int nextVoter;

  private static final class Good {
    private final Hash name;
    private Wallet holder;
    private Wallet receiver;

    Good(Hash name, Wallet holder) {
      this.name = name;
      this.holder = holder;
    }
  }

  Stories(World world, Draws draws, Crowd crowd) {
    this.world = world;
    this.draws = draws;
    this.crowd = crowd;
  }

  boolean isDelegated(Address address) {
    return delegatedAddresses.contains(address);
  }

  // ---------------------------------------------------------------- collectibles

  Intent mint() {
    Wallet from = crowd.sender();
    return Intent.call(from, world.contract("Drop"), 170_000, "mint(uint256)", 1)
        .paying(World.ETHER)
        .then(() -> itemOwners.add(from));
  }

  Intent give() {
    if (itemOwners.isEmpty()) {
      return mint();
    }
    int item = draws.below(itemOwners.size());
    Wallet owner = itemOwners.get(item);
    Wallet to = crowd.sender();
    return Intent.call(
            owner,
            world.contract("Drop"),
            120_000,
            "transferFrom(address,address,uint256)",
            owner.address(),
            to.address(),
            item)
        .then(() -> itemOwners.set(item, to));
  }

  /** An offer, or the owner's yes to the highest one. */
  Intent offer() {
    if (itemOwners.isEmpty()) {
      return mint();
    }
    int item = draws.below(itemOwners.size());
    Address market = world.contract("Marketplace");
    UInt256 standing = offers.get(item);
    if (standing != null && draws.chance(0.5)) {
      // The buyer is not asked for again, so the item is out of reach of these stories.
      return Intent.call(
              itemOwners.get(item),
              market,
              300_000,
              "accept(address,uint256)",
              world.contract("Drop"),
              item)
          .then(() -> offers.remove(item));
    }
    UInt256 amount = (standing == null ? UInt256.ZERO : standing).add(draws.milli(100));
    return Intent.call(
            crowd.sender(), market, 150_000, "offer(address,uint256)", world.contract("Drop"), item)
        .paying(amount)
        .then(() -> offers.put(item, amount));
  }

  // ---------------------------------------------------------------- game

  Intent play(long timestamp) {
    Address game = world.contract("Game");
    int own = creatureOwners.isEmpty() ? -1 : draws.below(creatureOwners.size());
    if (own < 0 || restUntil.get(own) > timestamp || creatureOwners.size() < 20) {
      Wallet from = crowd.sender();
      return Intent.call(from, game, 200_000, "hatch()")
          .then(
              () -> {
                creatureOwners.add(from);
                restUntil.add(timestamp);
              });
    }
    int famous = draws.below(1 + draws.below(creatureOwners.size()));
    return Intent.call(
            creatureOwners.get(own), game, 300_000, "battle(uint256,uint256)", own + 1, famous + 1)
        .then(() -> restUntil.set(own, timestamp + 24));
  }

  // ---------------------------------------------------------------- council

  Intent govern(long number) {
    Address council = world.contract("Council");
    if (members.size() < 10 || draws.chance(0.4)) {
      Wallet from = crowd.holder(4);
      UInt256 amount = World.ETHER.multiply(200 + draws.below(400));
      return Intent.call(from, council, 250_000, "lock(uint256)", amount)
          .then(() -> members.add(from));
    }
    if (draws.chance(0.3)) {
      Wallet from = members.get(draws.below(members.size()));
      Wallet to = members.get(draws.below(Math.min(10, members.size())));
      return Intent.call(from, council, 250_000, "delegate(address)", to.address());
    }
    if (proposals == 0 || number > proposalStart + PROPOSAL_BLOCKS) {
      byte[] action = Abi.call("setParameter(bytes32,uint256)", draws.hash(), 1);
      Wallet from = members.get(draws.below(members.size()));
      return Intent.call(from, council, 350_000, "propose(address,bytes)", council, action)
          .then(
              () -> {
                proposals++;
                proposalStart = number + 2;
                nextVoter = 0;
              });
    }
    Wallet voter = members.get(nextVoter++ % members.size());
    return Intent.call(
        voter, council, 160_000, "vote(uint256,bool)", proposals - 1, draws.chance(0.7));
  }

  // ---------------------------------------------------------------- goods

  /** Registered, offered in one transaction, accepted in a later one, inspected in between. */
  Intent handOver() {
    Address chain = world.contract("SupplyChain");
    if (goods.size() < 50 || draws.chance(0.3)) {
      Good good = new Good(draws.hash(), crowd.sender());
      return Intent.call(
              good.holder, chain, 180_000, "register(bytes32,string)", good.name, "crate of steel")
          .then(() -> goods.add(good));
    }
    Good good = goods.get(draws.below(goods.size()));
    if (draws.chance(0.2)) {
      return Intent.call(
          good.holder, chain, 90_000, "inspect(bytes32,bytes32)", good.name, draws.hash());
    }
    if (good.receiver != null) {
      Wallet receiver = good.receiver;
      return Intent.call(receiver, chain, 150_000, "accept(bytes32)", good.name)
          .then(
              () -> {
                good.holder = receiver;
                good.receiver = null;
              });
    }
    Wallet to = crowd.sender();
    return Intent.call(
            good.holder, chain, 110_000, "offer(bytes32,address)", good.name, to.address())
        .then(() -> good.receiver = to);
  }

  // ---------------------------------------------------------------- blobs and batches

  Intent postBlobs() {
    int rollup = draws.below(ROLLUPS);
    List<Hash> blobs = new ArrayList<>();
    for (int i = draws.below(MAX_BLOBS); i >= 0; i--) {
      byte[] versioned = draws.bytes(32);
      versioned[0] = 1;
      blobs.add(Hash.ofBytes(versioned));
    }
    Hash root = draws.hash();
    return Intent.call(
            world.wallets[rollup],
            world.contract("BlobLedger"),
            260_000,
            "post(bytes32,bytes32)",
            roots[rollup],
            root)
        .withBlobs(blobs)
        .then(() -> roots[rollup] = root);
  }

  /** An account that delegated runs several calls at once; or one more delegates. */
  Intent batch() {
    if (delegated.size() < 5 || draws.chance(0.2)) {
      return delegate();
    }
    Wallet from = delegated.get(draws.below(delegated.size()));
    List<Object> calls = new ArrayList<>();
    for (int i = 2 + draws.below(3); i > 0; i--) {
      calls.add(Abi.Tuple.of(crowd.receiver(), draws.milli(10), new byte[0]));
    }
    return Intent.call(from, from.address(), 350_000, "execute((address,uint256,bytes)[])", calls);
  }

  private Intent delegate() {
    Wallet authority = crowd.sender();
    Wallet relay = crowd.sender();
    long nonce = world.nonces.of(authority.address()) + (relay == authority ? 1 : 0);
    Address code = world.contract("BatchAccount");
    return Intent.of(relay, crowd.receiver(), UInt256.ONE, new byte[0], 160_000)
        .authorizing(List.of(authority.authorize(World.CHAIN_ID, code, nonce)))
        .then(
            () -> {
              if (delegatedAddresses.add(authority.address())) {
                delegated.add(authority);
              }
            });
  }
}
