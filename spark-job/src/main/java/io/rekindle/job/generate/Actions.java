package io.rekindle.job.generate;

import io.rekindle.evm.chain.AccessListEntry;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import java.util.List;

/** Payments, tokens, trades, finance: what needs no memory of earlier transactions. */
final class Actions {
  private static final int TOKEN_BALANCES = 4;
  private static final UInt256 NEVER = UInt256.MAX;

  private final World world;
  private final Draws draws;
  private final Crowd crowd;
  private final Stories stories;
  private final Lending lending;
  private final Airdrops airdrops;
  private final SmartAccounts smartAccounts;
  private final Rollups rollups;
  private final Passkeys passkeys;

  Actions(World world, Draws draws, Crowd crowd) {
    this.world = world;
    this.draws = draws;
    this.crowd = crowd;
    this.stories = new Stories(world, draws, crowd);
    this.lending = new Lending(world, draws, crowd);
    this.airdrops = new Airdrops(world, draws);
    this.smartAccounts = new SmartAccounts(world, draws, crowd);
    this.rollups = new Rollups(world, draws, crowd);
    this.passkeys = new Passkeys(world, draws, crowd);
  }

  /** The next transaction of a kind. */
  Intent next(Action action, long number, long timestamp) {
    return switch (action) {
      case PAYMENT -> payment();
      case TOKEN -> token();
      case SWAP -> trade(2);
      case ROUTE -> trade(3);
      case CREATE -> create();
      case WASTE -> waste();
      case LEND -> lending.lend();
      case LIQUIDATE -> lending.liquidate();
      case SAVE -> save();
      case STAKE -> stake();
      case GIFT -> gift();
      case DEPOSIT -> deposit();
      case REQUEST -> request();
      case MINT -> stories.mint();
      case GIVE -> stories.give();
      case OFFER -> stories.offer();
      case SALE -> stories.sell();
      case GAME -> stories.play(timestamp);
      case GOVERN -> stories.govern(number);
      case GOODS -> stories.handOver();
      case CLAIM -> airdrops.claim();
      case BUNDLE -> smartAccounts.bundle();
      case BLOB -> rollups.post();
      case PROVE -> rollups.prove();
      case SETCODE -> smartAccounts.setCode();
      case BATCH -> smartAccounts.batch();
      case PASSKEY -> passkeys.submit();
    };
  }

  private Intent payment() {
    Wallet from = crowd.sender();
    // A receiver may run the code it delegates to (EIP-7702), which takes more than 21,000.
    Address to = crowd.receiver();
    long gas = smartAccounts.isDelegated(to) ? 60_000 : 21_000;
    return Intent.of(from, to, draws.milli(2_000), new byte[0], gas);
  }

  private Intent token() {
    int index = crowd.token();
    Wallet from = crowd.holder(index);
    Address to = crowd.receiver();
    // One in a hundred pays more than there is.
    UInt256 amount = draws.milli(50_000).multiply(draws.chance(0.01) ? 1_000_000_000L : 1);
    Address token = world.token(index);
    Intent intent = Intent.call(from, token, 90_000, "transfer(address,uint256)", to, amount);
    if (draws.chance(0.3)) {
      List<UInt256> slots =
          List.of(
              Abi.mappingSlot(from.address(), TOKEN_BALANCES), Abi.mappingSlot(to, TOKEN_BALANCES));
      return intent.listing(List.of(new AccessListEntry(token, slots)));
    }
    return intent;
  }

  private Intent trade(int length) {
    int first = crowd.token();
    List<Address> path =
        length == 2
            ? List.of(world.token(first), world.token(first + 1))
            : List.of(world.token(first), world.token(first + 1), world.token(first + 2));
    Wallet from = crowd.holder(first);
    // Some ask for more than the pool gives.
    UInt256 minimum = draws.chance(0.03) ? UInt256.MAX : UInt256.ZERO;
    return Intent.call(
        from,
        world.contract("Router"),
        130_000L * length,
        "swapTokens(address[],uint256,uint256,address,uint256)",
        path,
        draws.milli(100_000),
        minimum,
        from.address(),
        NEVER);
  }

  /** Code of one word, or a creation that reverts. */
  private Intent create() {
    Wallet from = crowd.sender();
    if (draws.chance(0.2)) {
      // PUSH1 0 PUSH1 0 REVERT
      return Intent.of(
          from, null, UInt256.ZERO, new byte[] {0x60, 0, 0x60, 0, (byte) 0xfd}, 90_000);
    }
    // PUSH32 word PUSH1 0 MSTORE PUSH1 1 PUSH1 0 SSTORE PUSH1 32 PUSH1 0 RETURN
    byte[] word = draws.bytes(32);
    word[0] = 0;
    byte[] code = Abi.join(Abi.join(new byte[] {0x7f}, word), RETURN_WORD);
    return Intent.of(from, null, UInt256.ZERO, code, 160_000);
  }

  private static final byte[] RETURN_WORD = {
    0x60, 0, 0x52, 0x60, 1, 0x60, 0, 0x55, 0x60, 32, 0x60, 0, (byte) 0xf3
  };

  /** Runs into its gas limit: JUMPDEST PUSH1 0 JUMP. */
  private Intent waste() {
    byte[] loop = {0x5b, 0x60, 0, 0x56};
    return Intent.of(crowd.sender(), null, UInt256.ZERO, loop, 60_000 + draws.below(300_000));
  }

  private Intent save() {
    Wallet from = crowd.holder(0);
    Address vault = world.contract("Vault");
    return draws.chance(0.75)
        ? Intent.call(from, vault, 400_000, "deposit(uint256)", draws.milli(100_000))
        : Intent.call(from, vault, 400_000, "withdraw(uint256)", draws.milli(1_000));
  }

  private Intent stake() {
    Wallet from = crowd.holder(2);
    Address staking = world.contract("Staking");
    return draws.chance(0.7)
        ? Intent.call(from, staking, 230_000, "stake(uint256)", draws.milli(100_000))
        : Intent.call(from, staking, 190_000, "claim()");
  }

  private Intent gift() {
    String method = draws.chance(0.5) ? "surprise(address,bytes32)" : "wrap(address,bytes32)";
    Hash text = draws.hash();
    return Intent.call(
            crowd.sender(), world.contract("GiftShop"), 450_000, method, crowd.receiver(), text)
        .paying(draws.milli(100));
  }

  /** A validator's withdrawal (EIP-7002) or consolidation (EIP-7251), by whoever pays for it. */
  private Intent request() {
    boolean withdrawal = draws.chance(0.7);
    Address to = withdrawal ? World.WITHDRAWAL_REQUESTS : World.CONSOLIDATION_REQUESTS;
    byte[] input = draws.bytes(withdrawal ? 48 + 8 : 2 * 48);
    // The fee grows with the queue; what is paid too much is lost.
    return Intent.of(crowd.sender(), to, draws.milli(1), input, 200_000);
  }

  private Intent deposit() {
    Wallet from = crowd.sender();
    byte[] key = draws.bytes(48);
    byte[] credentials = UInt256.ofAddress(from.address()).toBytes();
    credentials[0] = 1;
    return Intent.call(
            from,
            World.DEPOSIT_CONTRACT,
            150_000,
            "deposit(bytes,bytes,bytes)",
            key,
            credentials,
            draws.bytes(96))
        .paying(World.ETHER);
  }
}
