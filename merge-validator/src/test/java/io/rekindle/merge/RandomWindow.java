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
import io.rekindle.evm.state.OverlayState;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import java.util.ArrayList;
import java.util.List;
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

  /** The signer of an authorization is written into its r, in place of a signature. */
  static final AuthorityRecovery SIGNERS =
      authorization ->
          Address.of(
              authorization.r().limb2(), authorization.r().limb1(), authorization.r().limb0());

  final Fork fork;
  final List<Unit> units = new ArrayList<>();
  final RandomAccounts accounts;
  final OverlayState base;

  /** How often BLOCKHASH was answered. */
  int ancestorsAsked;

  private final Random random;
  private final UnitExecutor executor;

  RandomWindow(long seed, EvmEngine engine) {
    random = new Random(seed);
    random.nextLong();
    fork = FORKS.get(random.nextInt(FORKS.size()));
    executor = new UnitExecutor(engine, SIGNERS);
    accounts = new RandomAccounts(random, fork);
    base = accounts.base;
    makeBlocks();
  }

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
        Address sender = accounts.senders.get(random.nextInt(accounts.senders.size()));
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
            accounts.anyone(),
            30_000_000,
            fork.proofOfStake() ? UInt256.ZERO : UInt256.of(131_072),
            Keccak256.hash(new byte[] {(byte) number}),
            fork.baseFee() ? UInt256.ONE : UInt256.ZERO,
            fork.blobSchedule() == null ? UInt256.ZERO : UInt256.ONE,
            this::ancestor);
    List<Withdrawal> withdrawals = new ArrayList<>();
    if (fork.withdrawals()) {
      for (int i = 0; i < random.nextInt(3); i++) {
        withdrawals.add(new Withdrawal(i, i, accounts.anyone(), random.nextInt(2)));
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

  private Hash ancestor(long number) {
    ancestorsAsked++;
    return Keccak256.hash(UInt256.of(number).toBytes());
  }

  private List<Header> ommers(long number) {
    if (fork.proofOfStake() || random.nextInt(3) > 0) {
      return List.of();
    }
    return List.of(
        new Header(
            Hash.ZERO,
            Hash.ZERO,
            accounts.anyone(),
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
      type = fork.maxTransactionType() >= 4 ? 4 : 2;
    }
    byte[] deployed = nonce == 0 ? accounts.deployments.get(sender) : null;
    if (deployed != null) {
      type = 0;
    }
    boolean create = deployed != null || (type != 4 && random.nextInt(8) == 0);
    byte[] input = new byte[0];
    if (deployed != null) {
      input = RandomPrograms.deploying(deployed);
    } else if (create) {
      input =
          random.nextBoolean()
              ? RandomPrograms.INITS.get(random.nextInt(RandomPrograms.INITS.size()))
              : new RandomPrograms(random, fork, accounts.pool).contract();
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
        create ? null : accounts.recipient(),
        UInt256.of(transferred()),
        input,
        type == 0
            ? List.of()
            : List.of(new AccessListEntry(accounts.anyone(), List.of(UInt256.ZERO))),
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
      Address authority = accounts.authority();
      Account account = state.account(authority);
      long nonce = (account == null ? 0 : account.nonce()) + random.nextInt(2);
      Address delegate = random.nextInt(4) == 0 ? Address.ZERO : accounts.anyone();
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
}
