package io.rekindle.job.generate;

import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Actions that go on from what was done before: items, creatures, goods, votes. */
final class Stories {
  private static final int PROPOSAL_BLOCKS = 24;
  private static final double SOUGHT = 0.08;

  private final World world;
  private final Draws draws;
  private final Crowd crowd;

  private final List<Wallet> itemOwners = new ArrayList<>();
  private final Map<Integer, Offer> offers = new HashMap<>();
  private final List<Listing> listed = new ArrayList<>();
  private final List<Wallet> creatureOwners = new ArrayList<>();
  private final List<Long> restUntil = new ArrayList<>();
  private final List<Good> goods = new ArrayList<>();
  private final List<Wallet> members = new ArrayList<>();
  private int proposals;
  private long proposalStart;
  private int nextVoter;

  private record Listing(int item, UInt256 price) {}

  private record Offer(Wallet bidder, UInt256 amount) {}

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
    Offer standing = offers.get(item);
    if (standing != null && draws.chance(0.5)) {
      return Intent.call(
              itemOwners.get(item),
              market,
              300_000,
              "accept(address,uint256)",
              world.contract("Drop"),
              item)
          .then(
              () -> {
                itemOwners.set(item, standing.bidder);
                offers.remove(item);
              });
    }
    UInt256 amount = (standing == null ? UInt256.ZERO : standing.amount).add(draws.milli(100));
    Wallet bidder = crowd.sender();
    return Intent.call(
            bidder, market, 150_000, "offer(address,uint256)", world.contract("Drop"), item)
        .paying(amount)
        .then(() -> offers.put(item, new Offer(bidder, amount)));
  }

  /**
   * Lists an item for a price, or buys one. What was given away since it was listed, or is paid
   * with a wrong price, fails; so does the slower one of two who want the same.
   */
  Intent sell() {
    if (itemOwners.isEmpty()) {
      return mint();
    }
    Address market = world.contract("Marketplace");
    Address drop = world.contract("Drop");
    if (listed.isEmpty() || draws.chance(0.5)) {
      int item = draws.below(itemOwners.size());
      UInt256 price = draws.milli(1_000);
      Wallet owner = itemOwners.get(item);
      return Intent.call(owner, market, 120_000, "list(address,uint256,uint96)", drop, item, price)
          .then(
              () -> {
                listed.removeIf(listing -> listing.item == item);
                listed.add(new Listing(item, price));
              });
    }
    Listing listing = listed.get(draws.below(listed.size()));
    if (!draws.chance(SOUGHT)) {
      listed.remove(listing);
    }
    Wallet buyer = crowd.sender();
    return Intent.call(buyer, market, 280_000, "buy(address,uint256)", drop, listing.item)
        .paying(draws.chance(0.03) ? UInt256.ONE : listing.price)
        .then(() -> itemOwners.set(listing.item, buyer));
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
}
