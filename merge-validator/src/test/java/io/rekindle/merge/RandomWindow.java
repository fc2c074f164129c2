package io.rekindle.merge;

import io.rekindle.evm.chain.AccessListEntry;
import io.rekindle.evm.chain.Authorization;
import io.rekindle.evm.chain.Header;
import io.rekindle.evm.chain.Transaction;
import io.rekindle.evm.chain.Withdrawal;
import io.rekindle.evm.crypto.Keccak256;
import io.rekindle.evm.engine.BlockContext;
import io.rekindle.evm.engine.EvmEngine;
import io.rekindle.evm.fork.Fork;
import io.rekindle.evm.process.AuthorityRecovery;
import io.rekindle.evm.process.BlockInput;
import io.rekindle.evm.process.Outcome;
import io.rekindle.evm.process.Unit;
import io.rekindle.evm.process.UnitExecutor;
import io.rekindle.evm.process.UnitResult;
import io.rekindle.evm.state.Account;
import io.rekindle.evm.state.Code;
import io.rekindle.evm.state.OverlayState;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A window of random blocks over a random state, made from a seed. */
final class RandomWindow {
  private static final List<Fork> FORKS =
      List.of(
          Fork.FRONTIER,
          Fork.HOMESTEAD,
          Fork.TANGERINE_WHISTLE,
          Fork.SPURIOUS_DRAGON,
          Fork.BYZANTIUM,
          Fork.CONSTANTINOPLE,
          Fork.ISTANBUL,
          Fork.BERLIN,
          Fork.LONDON,
          Fork.SHANGHAI,
          Fork.CANCUN,
          Fork.PRAGUE,
          Fork.OSAKA);

  private static final Address BEACON_ROOTS =
      Address.ofHex("0x000f3df6d732807ef1319fb7b8bb8522d0beac02");
  private static final Address HISTORY =
      Address.ofHex("0x0000f90827f1c53a10cb7a02335b175320002935");
  private static final Address WITHDRAWAL_QUEUE =
      Address.ofHex("0x00000961ef480eb55e80d19ad83579a64c007002");
  private static final Address CONSOLIDATION_QUEUE =
      Address.ofHex("0x0000bbddc7ce488642fb579f8b00f3a590007251");
  private static final Address DAO = Address.ofHex("0xd4fe7bc31cedb7bfb8a345f31e668033056b2728");
  private static final Address DAO_RECOVERY =
      Address.ofHex("0xbf4ed7b27f1d666546e30d74d50d173d20bca754");

  /** Adds the call's first word, or one, to slot 0 and returns what it was. */
  private static final byte[] QUEUE_CODE =
      Program.hex("600054806000526001016000553415602057600160015560206000f35b60206000f3");

  /** The signer of an authorization is written into its r, in place of a signature. */
  static final AuthorityRecovery SIGNERS =
      authorization ->
          Address.of(
              authorization.r().limb2(), authorization.r().limb1(), authorization.r().limb0());

  final Fork fork;
  final List<Unit> units = new ArrayList<>();
  final OverlayState base = new OverlayState(OverlayState.EMPTY);

  private final Random random;
  private final List<Address> senders = new ArrayList<>();
  private final List<Address> contracts = new ArrayList<>();
  private final List<Address> pool = new ArrayList<>();
  private final UnitExecutor executor;

  RandomWindow(long seed, EvmEngine engine) {
    random = new Random(seed);
    random.nextLong();
    fork = FORKS.get(random.nextInt(FORKS.size()));
    executor = new UnitExecutor(engine, SIGNERS);
    makeAccounts();
    makeBlocks();
  }

  private void makeAccounts() {
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
    makeOddAccounts();
  }

  private void makeOddAccounts() {
    if (fork.beaconRoots() && random.nextBoolean()) {
      put(BEACON_ROOTS, 1, 0, Program.hex("6000354201600055"), Map.of());
      put(HISTORY, 1, 0, QUEUE_CODE, Map.of());
    }
    if (fork.requests()) {
      put(WITHDRAWAL_QUEUE, 1, 0, QUEUE_CODE, Map.of());
      put(CONSOLIDATION_QUEUE, 1, 0, QUEUE_CODE, Map.of());
    }
    if (random.nextInt(4) == 0) {
      // Empty accounts that lie in the state, one of them with storage (EIP-7610).
      put(named("nobody", 0), 0, 0, new byte[0], Map.of());
      Address creator = contracts.get(0);
      put(
          create2Address(creator, 0, RandomPrograms.MORTAL),
          0,
          0,
          new byte[0],
          Map.of(UInt256.ZERO, UInt256.ONE));
    }
    put(DAO, 0, 500, new byte[0], Map.of());
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

  static Address create2Address(Address creator, int salt, byte[] init) {
    ByteBuffer buffer = ByteBuffer.allocate(85);
    buffer.put((byte) 0xff).put(creator.toBytes()).put(UInt256.of(salt).toBytes());
    buffer.put(Keccak256.digest(init, 0, init.length));
    return Address.ofBytes(Keccak256.digest(buffer.array(), 0, 85), 12);
  }

  // ---------------------------------------------------------------- blocks

  private void makeBlocks() {
    OverlayState state = new OverlayState(base);
    int blocks = 1 + random.nextInt(3);
    for (int i = 0; i < blocks; i++) {
      List<Transaction> transactions = new ArrayList<>();
      List<Address> from = new ArrayList<>();
      BlockInput draft = block(1000 + i, 0);
      state.apply(execute(state, new Unit.Opening(draft)).writes());
      int count = random.nextInt(9);
      boolean valid = true;
      for (int t = 0; t < count && valid; t++) {
        Address sender = senders.get(random.nextInt(senders.size()));
        Transaction transaction = transaction(sender, state);
        Outcome outcome = execute(state, new Unit.TransactionUnit(draft, t, transaction, sender));
        valid = !(outcome.result() instanceof UnitResult.Invalid);
        if (valid || random.nextInt(12) == 0) {
          state.apply(outcome.writes());
          transactions.add(transaction);
          from.add(sender);
        } else {
          valid = true;
        }
      }
      BlockInput input = withCount(draft, transactions.size());
      units.add(new Unit.Opening(input));
      for (int t = 0; t < transactions.size(); t++) {
        units.add(new Unit.TransactionUnit(input, t, transactions.get(t), from.get(t)));
      }
      units.add(new Unit.Closing(input));
      if (!valid) {
        return;
      }
      state.apply(execute(state, new Unit.Closing(input)).writes());
    }
  }

  private Outcome execute(OverlayState state, Unit unit) {
    return executor.execute(state, unit, UnitExecutor.Mode.EXACT);
  }

  private static BlockInput withCount(BlockInput draft, int count) {
    return new BlockInput(
        draft.context(),
        draft.parentHash(),
        draft.parentBeaconBlockRoot(),
        draft.daoFork(),
        count,
        draft.ommers(),
        draft.withdrawals());
  }

  private BlockInput block(long number, int count) {
    BlockContext context =
        new BlockContext(
            fork,
            UInt256.ONE,
            number,
            1_700_000_000L + 12 * number,
            anyone(),
            30_000_000,
            fork.proofOfStake() ? UInt256.ZERO : UInt256.of(131_072),
            Keccak256.hash(new byte[] {(byte) number}),
            fork.baseFee() ? UInt256.ONE : UInt256.ZERO,
            fork.blobSchedule() == null ? UInt256.ZERO : UInt256.ONE,
            ancestor -> Keccak256.hash(UInt256.of(ancestor).toBytes()));
    List<Withdrawal> withdrawals = new ArrayList<>();
    if (fork.withdrawals()) {
      for (int i = 0; i < random.nextInt(3); i++) {
        withdrawals.add(new Withdrawal(i, i, anyone(), random.nextInt(2)));
      }
    }
    boolean dao = !fork.isAtLeast(Fork.TANGERINE_WHISTLE) && random.nextInt(4) == 0;
    return new BlockInput(
        context,
        Keccak256.hash(new byte[] {1, (byte) number}),
        fork.beaconRoots() ? Keccak256.hash(new byte[] {2, (byte) number}) : null,
        dao,
        count,
        ommers(number),
        withdrawals);
  }

  private List<Header> ommers(long number) {
    if (fork.proofOfStake() || random.nextInt(3) > 0) {
      return List.of();
    }
    return List.of(
        new Header(
            Hash.ZERO,
            Hash.ZERO,
            anyone(),
            Hash.ZERO,
            Hash.ZERO,
            Hash.ZERO,
            new byte[256],
            UInt256.ONE,
            number - 1,
            0,
            0,
            0,
            new byte[0],
            Hash.ZERO,
            0,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null));
  }

  private Transaction transaction(Address sender, OverlayState state) {
    Account account = state.account(sender);
    long nonce = account == null ? 0 : account.nonce();
    if (random.nextInt(60) == 0) {
      nonce += random.nextInt(3) - 1;
    }
    int type = random.nextInt(fork.maxTransactionType() + 1);
    if (type == 3) {
      type = 2;
    }
    boolean create = type != 4 && random.nextInt(8) == 0;
    byte[] input = new byte[0];
    if (create) {
      input =
          random.nextBoolean()
              ? RandomPrograms.INITS.get(random.nextInt(RandomPrograms.INITS.size()))
              : new RandomPrograms(random, fork, pool).contract();
    } else if (random.nextInt(3) == 0) {
      input = UInt256.of(random.nextInt(3)).toBytes();
    }
    UInt256 price = UInt256.of(1 + random.nextInt(3));
    return new Transaction(
        type,
        type == 0 ? null : UInt256.ONE,
        nonce,
        type < 2 ? price : null,
        type < 2 ? null : UInt256.of(random.nextInt(2)),
        type < 2 ? null : price,
        null,
        100_000 + random.nextInt(200_000),
        create ? null : recipient(),
        UInt256.of(transferred()),
        input,
        type == 0 ? List.of() : List.of(new AccessListEntry(anyone(), List.of(UInt256.ZERO))),
        List.of(),
        type == 4 ? authorizations(state) : List.of(),
        UInt256.of(27),
        UInt256.ONE,
        UInt256.ONE);
  }

  private long transferred() {
    return switch (random.nextInt(4)) {
      case 0 -> 0;
      case 1 -> random.nextInt(500);
      case 2 -> 400_000L * random.nextInt(5);
      default -> random.nextInt(3);
    };
  }

  private List<Authorization> authorizations(OverlayState state) {
    List<Authorization> list = new ArrayList<>();
    for (int i = 0; i < 1 + random.nextInt(2); i++) {
      Address authority = anyone();
      Account account = state.account(authority);
      long nonce = (account == null ? 0 : account.nonce()) + random.nextInt(2);
      Address delegate = random.nextInt(4) == 0 ? Address.ZERO : anyone();
      list.add(
          new Authorization(
              UInt256.of(random.nextInt(2)),
              delegate,
              nonce,
              UInt256.ZERO,
              UInt256.ofAddress(authority),
              UInt256.ONE));
    }
    return list;
  }

  private Address recipient() {
    return random.nextInt(3) == 0 ? anyone() : contracts.get(random.nextInt(contracts.size()));
  }

  private Address anyone() {
    if (random.nextInt(20) == 0) {
      return DAO_RECOVERY;
    }
    return pool.get(random.nextInt(pool.size()));
  }
}
