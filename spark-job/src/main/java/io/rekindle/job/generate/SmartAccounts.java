package io.rekindle.job.generate;

import io.rekindle.evm.chain.Authorization;
import io.rekindle.evm.crypto.Keccak256;
import io.rekindle.evm.crypto.Secp256k1Signer.Signature;
import io.rekindle.evm.engine.ContractAddress;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.Hex;
import io.rekindle.evm.word.UInt256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Accounts that run batches: ordinary ones that delegate to the batch code (EIP-7702), and deployed
 * ones whose signed operations come in bundles.
 */
final class SmartAccounts {
  private static final UInt256 NONCE_SLOT = slotOf("rekindle.workloads.BatchAccount");
  private static final UInt256 FEE = UInt256.of(100_000_000_000_000L);
  private static final int PREPAID = 1_000;
  private static final int BUNDLERS = 3;
  private static final double STALE = 0.08;
  private static final double FORGED = 0.05;
  private static final double UNPAID = 0.03;

  private final World world;
  private final Draws draws;
  private final Crowd crowd;
  private final Map<Address, Wallet> delegated = new LinkedHashMap<>();
  private final List<Wallet> delegates = new ArrayList<>();
  private final List<SmartAccount> accounts = new ArrayList<>();
  private final Map<Address, SmartAccount> byOwner = new HashMap<>();

  /** A clone of the batch code, with an owner who signs for it. */
  private static final class SmartAccount {
    private final Wallet owner;
    private final Address address;
    private final int token;
    private int prepaid;
    private boolean holds;

    SmartAccount(Wallet owner, Address address, int token) {
      this.owner = owner;
      this.address = address;
      this.token = token;
    }
  }

  SmartAccounts(World world, Draws draws, Crowd crowd) {
    this.world = world;
    this.draws = draws;
    this.crowd = crowd;
  }

  private static UInt256 slotOf(String name) {
    return UInt256.ofHash(Keccak256.hash(name.getBytes(StandardCharsets.US_ASCII)));
  }

  boolean isDelegated(Address address) {
    return delegated.containsKey(address);
  }

  // ---------------------------------------------------------------- delegation

  /**
   * An account delegates, or ends it; some are relayed by another one, some hold on any chain, and
   * some are stale, which leaves the transaction valid.
   */
  Intent setCode() {
    Wallet authority = crowd.sender();
    Wallet relay = draws.chance(0.3) ? crowd.sender() : authority;
    boolean ending = isDelegated(authority.address()) && draws.chance(0.4);
    boolean stale = draws.chance(STALE);
    long nonce = world.nonce(authority.address()) + (relay == authority ? 1 : 0) + (stale ? 7 : 0);
    Address code = ending ? Address.ZERO : world.contract("BatchAccount");
    UInt256 chain = draws.chance(0.2) ? UInt256.ZERO : World.CHAIN_ID;
    List<Authorization> list = new ArrayList<>();
    list.add(authority.authorize(chain, code, nonce));
    if (draws.chance(0.15)) {
      Wallet other = crowd.sender();
      list.add(other.authorize(World.CHAIN_ID, code, world.nonce(other.address()) + 9));
    }
    return Intent.of(relay, crowd.receiver(), UInt256.ONE, new byte[0], 160_000)
        .authorizing(list)
        .then(() -> record(authority, ending, stale));
  }

  private void record(Wallet authority, boolean ending, boolean stale) {
    if (stale) {
      return;
    }
    if (ending) {
      delegated.remove(authority.address());
      delegates.remove(authority);
    } else if (delegated.put(authority.address(), authority) == null) {
      delegates.add(authority);
    }
  }

  /** An account that delegated runs several calls at once, or has a relay do it with its word. */
  Intent batch() {
    if (delegates.size() < 5) {
      return setCode();
    }
    Wallet account = delegates.get(draws.below(delegates.size()));
    List<Object> calls = new ArrayList<>();
    for (int i = 2 + draws.below(3); i > 0; i--) {
      calls.add(Abi.Tuple.of(crowd.receiver(), draws.milli(10), new byte[0]));
    }
    if (draws.chance(0.6)) {
      return Intent.call(
          account, account.address(), 350_000, "execute((address,uint256,bytes)[])", calls);
    }
    return Intent.call(
        crowd.sender(),
        account.address(),
        380_000,
        "executeSigned((address,uint256,bytes)[],bytes)",
        calls,
        signature(signer(account), account.address(), calls));
  }

  /** The owner, or now and then somebody who forges the owner's word. */
  private Wallet signer(Wallet owner) {
    return draws.chance(FORGED) ? crowd.sender() : owner;
  }

  private byte[] signature(Wallet signer, Address account, List<Object> calls) {
    UInt256 packed = world.reached.storage(account, NONCE_SLOT);
    // The owner's 20 bytes lie below the nonce's 12.
    long nonce = (packed.limb3() << 32) | (packed.limb2() >>> 32);
    Hash digest = Keccak256.hash(Abi.encode(World.CHAIN_ID, account, nonce, calls));
    Signature signature = signer.sign(digest);
    byte[] points = Abi.join(signature.r().toBytes(), signature.s().toBytes());
    return Abi.join(points, new byte[] {(byte) (27 + signature.parity())});
  }

  // ---------------------------------------------------------------- bundles

  /** Operations of several accounts in one transaction, or what an account needs before. */
  Intent bundle() {
    if (accounts.size() < 4 || draws.chance(0.1)) {
      return create();
    }
    SmartAccount drawn = accounts.get(draws.below(accounts.size()));
    if (drawn.prepaid <= 0) {
      return deposit(drawn);
    }
    if (!drawn.holds) {
      UInt256 amount = World.ETHER.multiply(10_000);
      return Intent.call(
              crowd.holder(drawn.token),
              world.token(drawn.token),
              90_000,
              "transfer(address,uint256)",
              drawn.address,
              amount)
          .then(() -> drawn.holds = true);
    }
    return handle(drawn);
  }

  private Address hub() {
    return world.contract("BundleHub");
  }

  /** Somebody's account; who has one already sends more to it for its operations. */
  private Intent create() {
    Wallet owner = crowd.sender();
    SmartAccount known = byOwner.get(owner.address());
    if (known != null) {
      return deposit(known);
    }
    SmartAccount account =
        new SmartAccount(owner, cloneOf(owner.address()), draws.below(World.TOKENS));
    return Intent.call(owner, hub(), 250_000, "create(address)", owner.address())
        .then(
            () -> {
              accounts.add(account);
              byOwner.put(owner.address(), account);
            });
  }

  /** The owner pays the hub for operations to come. */
  private Intent deposit(SmartAccount account) {
    return Intent.call(account.owner, hub(), 80_000, "depositFor(address)", account.address)
        .paying(FEE.multiply(PREPAID))
        .then(() -> account.prepaid += PREPAID);
  }

  /** Where the hub puts the minimal proxy (EIP-1167) of an owner. */
  private Address cloneOf(Address owner) {
    // The hub's first creation, in its constructor: the code that all clones run.
    Address implementation = ContractAddress.of(hub(), 1);
    byte[] head = Hex.decode("0x3d602d80600a3d3981f3363d3d373d3d3d363d73");
    byte[] tail = Hex.decode("0x5af43d82803e903d91602b57fd5bf3");
    byte[] code = Abi.join(Abi.join(head, implementation.toBytes()), tail);
    byte[] salt = UInt256.ofAddress(owner).toBytes();
    return ContractAddress.of(hub(), salt, Keccak256.hash(code));
  }

  private Intent handle(SmartAccount first) {
    boolean unpaid = draws.chance(UNPAID);
    List<SmartAccount> chosen = new ArrayList<>(List.of(first));
    for (int i = 1 + draws.below(4); i > 0; i--) {
      SmartAccount other = accounts.get(draws.below(accounts.size()));
      // One without a deposit makes the whole bundle revert.
      if (!chosen.contains(other) && (other.prepaid > 0 || unpaid)) {
        chosen.add(other);
      }
    }
    List<Object> operations = new ArrayList<>();
    for (SmartAccount account : chosen) {
      List<Object> calls = List.of(payment(account));
      byte[] signature = signature(signer(account.owner), account.address, calls);
      operations.add(Abi.Tuple.of(account.address, calls, signature, FEE));
    }
    return Intent.call(
            world.wallets[draws.below(BUNDLERS)],
            hub(),
            250_000L * chosen.size(),
            "handle((address,(address,uint256,bytes)[],bytes,uint256)[])",
            operations)
        .then(() -> chosen.forEach(account -> account.prepaid--));
  }

  /** One without its tokens yet fails, and pays for it. */
  private Abi.Tuple payment(SmartAccount account) {
    byte[] input = Abi.call("transfer(address,uint256)", crowd.receiver(), draws.milli(5_000));
    return Abi.Tuple.of(world.token(account.token), UInt256.ZERO, input);
  }
}
