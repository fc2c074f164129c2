package io.rekindle.merge;

import io.rekindle.evm.crypto.Keccak256;
import io.rekindle.evm.engine.ContractAddress;
import io.rekindle.evm.fork.Fork;
import io.rekindle.evm.state.Account;
import io.rekindle.evm.state.Code;
import io.rekindle.evm.state.OverlayState;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.UInt256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The random state that a window starts from. Senders, contracts, accounts that do not exist or are
 * empty, precompiles, system contracts and future creations, few enough that units meet.
 */
final class RandomAccounts {
  static final Address BEACON_ROOTS = Address.ofHex("0x000f3df6d732807ef1319fb7b8bb8522d0beac02");
  static final Address HISTORY = Address.ofHex("0x0000f90827f1c53a10cb7a02335b175320002935");
  static final Address WITHDRAWAL_QUEUE =
      Address.ofHex("0x00000961ef480eb55e80d19ad83579a64c007002");
  static final Address CONSOLIDATION_QUEUE =
      Address.ofHex("0x0000bbddc7ce488642fb579f8b00f3a590007251");
  static final Address DAO = Address.ofHex("0xd4fe7bc31cedb7bfb8a345f31e668033056b2728");
  static final Address DAO_RECOVERY = Address.ofHex("0xbf4ed7b27f1d666546e30d74d50d173d20bca754");

  /** Whose first transaction deploys at the address that EIP-4788 and its likes name. */
  private static final Address BEACON_ROOTS_DEPLOYER =
      Address.ofHex("0x0b799c86a49deeb90402691f1041aa3af2d3c875");

  private static final Address HISTORY_DEPLOYER =
      Address.ofHex("0x3462413af4609098e1e27a490f554f260213d685");
  private static final Address WITHDRAWAL_QUEUE_DEPLOYER =
      Address.ofHex("0x8646861a7cf453ddd086874d622b0696de5b9674");

  /** Stores the call's second word in slot 0. */
  private static final byte[] STORING_CODE = Program.hex("6000354201600055");

  /** Adds the call's first word, or one, to slot 0 and returns what it was. */
  private static final byte[] QUEUE_CODE =
      Program.hex("600054806000526001016000553415602057600160015560206000f35b60206000f3");

  final OverlayState base = new OverlayState(OverlayState.EMPTY);
  final List<Address> senders = new ArrayList<>();
  final List<Address> contracts = new ArrayList<>();
  final List<Address> pool = new ArrayList<>();

  /** What the first transaction of these senders deploys. */
  final Map<Address, byte[]> deployments = new HashMap<>();

  private final Random random;
  private final Fork fork;

  /** Whether empty accounts lie in the state, one with storage where a contract may be created. */
  private final boolean oddAccounts;

  /** Whether the first contract creates mortal ones again and again. */
  private final boolean factory;

  RandomAccounts(Random random, Fork fork) {
    this.random = random;
    this.fork = fork;
    this.oddAccounts = random.nextInt(4) == 0;
    this.factory = fork.isAtLeast(Fork.CONSTANTINOPLE) && (oddAccounts || random.nextInt(4) == 0);
    name();
    fill();
  }

  Address anyone() {
    if (random.nextInt(20) == 0) {
      return DAO_RECOVERY;
    }
    return pool.get(random.nextInt(pool.size()));
  }

  /** Whom a transaction is sent to. */
  Address recipient() {
    if (factory && random.nextInt(3) == 0) {
      return random.nextBoolean() ? contracts.get(0) : mortal();
    }
    return random.nextInt(3) == 0 ? anyone() : contracts.get(random.nextInt(contracts.size()));
  }

  /** Whose code an authorization sets: often the same ones. */
  Address authority() {
    return random.nextBoolean() ? senders.get(random.nextInt(2)) : anyone();
  }

  private void name() {
    for (int i = 0; i < 3 + random.nextInt(4); i++) {
      senders.add(named("sender", i));
    }
    for (int i = 0; i < 2 + random.nextInt(5); i++) {
      contracts.add(named("contract", i));
    }
    pool.addAll(senders);
    pool.addAll(contracts);
    pool.addAll(contracts);
    pool.add(named("nobody", 0));
    pool.add(named("nobody", 1));
    pool.add(Address.of(0, 0, 3));
    pool.add(Address.of(0, 0, 4));
    if (fork.beaconRoots()) {
      pool.add(BEACON_ROOTS);
      pool.add(HISTORY);
    }
    if (fork.requests()) {
      pool.add(WITHDRAWAL_QUEUE);
    }
    for (Address creator : contracts) {
      byte[] init = RandomPrograms.INITS.get(random.nextInt(RandomPrograms.INITS.size()));
      pool.add(create2Address(creator, random.nextInt(2), init));
    }
    if (oddAccounts || factory) {
      pool.add(mortal());
      pool.add(mortal());
    }
  }

  private void fill() {
    RandomPrograms programs = new RandomPrograms(random, fork, pool);
    for (Address sender : senders) {
      put(sender, random.nextInt(3), senderFunds(), new byte[0], Map.of());
    }
    for (Address contract : contracts) {
      Map<UInt256, UInt256> slots = new HashMap<>();
      for (int i = 0; i < random.nextInt(3); i++) {
        slots.put(UInt256.of(i), UInt256.of(random.nextInt(4)));
      }
      put(contract, fork.createdNonce(), random.nextInt(1000), programs.contract(), slots);
    }
    systemContracts();
    if (oddAccounts) {
      put(named("nobody", 0), 0, 0, new byte[0], Map.of());
      put(mortal(), 0, 0, new byte[0], Map.of(UInt256.ZERO, UInt256.ONE));
    }
    if (factory) {
      put(contracts.get(0), 1, 0, RandomPrograms.factoryOfMortals(), Map.of());
    }
    put(DAO, 0, 500, new byte[0], Map.of());
  }

  /** Each is there, or deployed by a transaction of the window, or neither. */
  private void systemContracts() {
    if (fork.beaconRoots()) {
      systemContract(BEACON_ROOTS, STORING_CODE, BEACON_ROOTS_DEPLOYER);
      systemContract(HISTORY, QUEUE_CODE, HISTORY_DEPLOYER);
    }
    if (fork.requests()) {
      if (random.nextInt(6) == 0) {
        deployable(QUEUE_CODE, WITHDRAWAL_QUEUE_DEPLOYER);
      } else {
        put(WITHDRAWAL_QUEUE, 1, 0, QUEUE_CODE, Map.of());
      }
      put(CONSOLIDATION_QUEUE, 1, 0, QUEUE_CODE, Map.of());
    }
  }

  private void systemContract(Address address, byte[] code, Address deployer) {
    switch (random.nextInt(4)) {
      case 0, 1 -> put(address, 1, 0, code, Map.of());
      case 2 -> deployable(code, deployer);
      default -> {}
    }
  }

  private void deployable(byte[] code, Address deployer) {
    deployments.put(deployer, code);
    senders.add(deployer);
    put(deployer, 0, 1_000_000_000_000L, new byte[0], Map.of());
  }

  private long senderFunds() {
    return switch (random.nextInt(4)) {
      case 0 -> 0;
      case 1 -> 300_000L * (1 + random.nextInt(4));
      default -> 1_000_000_000_000L;
    };
  }

  private void put(
      Address address, long nonce, long balance, byte[] code, Map<UInt256, UInt256> slots) {
    Code made = Code.of(code);
    base.put(address, new Account(nonce, UInt256.of(balance), made.hash()), made, slots);
  }

  private static Address named(String name, int number) {
    byte[] text = (name + number).getBytes(StandardCharsets.US_ASCII);
    return Address.ofBytes(Keccak256.digest(text, 0, text.length), 12);
  }

  /**
   * Where the factory creates its contract. In some states an empty account with storage lies there
   * (EIP-7610).
   */
  private Address mortal() {
    return create2Address(contracts.get(0), 0, RandomPrograms.MORTAL);
  }

  private static Address create2Address(Address creator, int salt, byte[] init) {
    return ContractAddress.of(creator, UInt256.of(salt).toBytes(), Keccak256.hash(init));
  }
}
