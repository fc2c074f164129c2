package io.rekindle.job.generate;

import io.rekindle.evm.chain.Transaction;
import io.rekindle.evm.engine.BlockContext;
import io.rekindle.evm.engine.ContractAddress;
import io.rekindle.evm.fork.Fork;
import io.rekindle.evm.interpreter.Interpreter;
import io.rekindle.evm.process.BlockInput;
import io.rekindle.evm.process.Outcome;
import io.rekindle.evm.process.Unit;
import io.rekindle.evm.process.UnitExecutor;
import io.rekindle.evm.process.UnitExecutor.Mode;
import io.rekindle.evm.process.UnitResult;
import io.rekindle.evm.state.Account;
import io.rekindle.evm.state.Code;
import io.rekindle.evm.state.OverlayState;
import io.rekindle.evm.state.StateReader;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.Hex;
import io.rekindle.evm.word.UInt256;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The state that a generated chain starts from: contracts deployed, pools filled, tokens handed out
 * and approved. Made by executing all that without blocks, so that every block of the chain is
 * load. Account i holds token i modulo {@link #TOKENS}.
 */
final class World {
  static final int TOKENS = 8;
  static final UInt256 CHAIN_ID = UInt256.of(73_546_354);
  static final UInt256 ETHER = UInt256.of(1_000_000_000_000_000_000L);
  static final Address DEPOSIT_CONTRACT =
      Address.ofHex("0x4242424242424242424242424242424242424242");

  static final Address WITHDRAWAL_REQUESTS =
      Address.ofHex("0x00000961ef480eb55e80d19ad83579a64c007002");
  static final Address CONSOLIDATION_REQUESTS =
      Address.ofHex("0x0000bbddc7ce488642fb579f8b00f3a590007251");

  private static final UInt256 ENDOWMENT = ETHER.multiply(1_000_000);
  private static final long SETUP_GAS = 16_000_000;
  private static final int DEPLOYER = -1;

  final Wallet[] wallets;
  final Map<String, Address> contracts = new HashMap<>();
  final OverlayState state = new OverlayState(OverlayState.EMPTY);

  /** Owns what was deployed, posts prices, and gives tokens away. */
  final Wallet deployer;

  /** The state at the place in the chain that was reached. */
  StateReader reached = state;

  private final Fork fork;
  private final UnitExecutor executor = new UnitExecutor(new Interpreter());
  private final BlockInput block;

  World(GeneratorSettings settings, long timestamp) {
    fork = settings.fork();
    wallets = new Wallet[settings.accounts()];
    for (int i = 0; i < wallets.length; i++) {
      wallets[i] = new Wallet(Draws.secret(settings.seed(), i));
      fund(wallets[i].address());
    }
    deployer = new Wallet(Draws.secret(settings.seed(), DEPLOYER));
    fund(deployer.address());
    block = setupBlock(timestamp);
    systemContracts();
    basics();
    if (fork.isAtLeast(Fork.CANCUN)) {
      applications();
    }
    if (fork.isAtLeast(Fork.OSAKA)) {
      deployFor("osaka", "Passkey", "Passkey");
    }
    for (int i = 0; i < wallets.length; i++) {
      endow(wallets[i].address(), i % TOKENS);
    }
  }

  Address token(int index) {
    return contract("Token" + index % TOKENS);
  }

  Address contract(String name) {
    Address address = contracts.get(name);
    if (address == null) {
      throw new IllegalStateException("no contract " + name + " at " + fork);
    }
    return address;
  }

  /** An account's next nonce, at the place in the chain that was reached. */
  long nonce(Address address) {
    Account account = reached.account(address);
    return account == null ? 0 : account.nonce();
  }

  private void fund(Address address) {
    Account account = new Account(0, ENDOWMENT, Code.EMPTY_HASH);
    state.put(address, account, Code.EMPTY, Map.of());
  }

  private BlockInput setupBlock(long timestamp) {
    BlockContext context =
        new BlockContext(
            fork,
            CHAIN_ID,
            0,
            timestamp,
            Address.ZERO,
            Long.MAX_VALUE,
            UInt256.ZERO,
            Hash.ZERO,
            UInt256.ZERO,
            UInt256.ZERO,
            number -> Hash.ZERO);
    return new BlockInput(context, Hash.ZERO, Hash.ZERO, false, 0, List.of(), List.of());
  }

  private void systemContracts() {
    Artifacts.systemContracts()
        .properties()
        .forEach(
            entry -> {
              Code code = Code.of(Hex.decode(entry.getValue().get("code").asText()));
              state.put(
                  Address.ofHex(entry.getKey()),
                  new Account(1, UInt256.ZERO, code.hash()),
                  code,
                  Map.of());
            });
    Code deposits = Code.of(Artifacts.runtimeCode("prague", "Deposits"));
    Account account = new Account(1, UInt256.ZERO, deposits.hash());
    state.put(DEPOSIT_CONTRACT, account, deposits, Map.of());
  }

  private String compiledFor() {
    return fork.isAtLeast(Fork.CANCUN) ? "prague" : "paris";
  }

  private void basics() {
    for (int i = 0; i < TOKENS; i++) {
      deploy("Token" + i, "Token", "Token " + i, "TK" + i, ENDOWMENT.multiply(1_000_000));
    }
    deploy("WETH", "WrappedEther");
    deploy("PoolFactory", "PoolFactory");
    deploy("Router", "Router", contract("PoolFactory"), contract("WETH"));
    deploy("Drop", "Collectible", "Drop", "DROP", ETHER.multiply(1), 500);
    deploy("Marketplace", "Marketplace", deployer.address());
    deploy("GiftShop", "GiftShop");
    UInt256 much = ENDOWMENT.multiply(100);
    for (int i = 0; i < TOKENS; i++) {
      run(token(i), "approve(address,uint256)", contract("Router"), UInt256.MAX);
    }
    for (int i = 0; i < TOKENS; i++) {
      Address next = token(i + 1);
      run(contract("PoolFactory"), "createPool(address,address)", token(i), next);
      run(
          contract("Router"),
          "addLiquidity(address,address,uint256,uint256,address,uint256)",
          token(i),
          next,
          much,
          much,
          deployer.address(),
          UInt256.MAX);
    }
  }

  private void applications() {
    Address gem = deploy("Gem", "Token", "Gem", "GEM", UInt256.ONE);
    Address game = deploy("Game", "Game", gem);
    run(gem, "setMinter(address,bool)", game, true);
    Address feed = deploy("PriceFeed", "PriceFeed");
    run(feed, "setReporter(address,bool)", deployer.address(), true);
    for (int i = 0; i < 2; i++) {
      run(feed, "post(address,uint128)", token(i), ETHER);
    }
    Address market = deploy("Market", "LendingMarket", token(1), token(0), feed);
    run(token(0), "approve(address,uint256)", market, UInt256.MAX);
    run(market, "supply(uint256)", ENDOWMENT.multiply(100));
    deploy("Vault", "Vault", market);
    Address staking = deploy("Staking", "Staking", token(2), token(3));
    run(token(3), "approve(address,uint256)", staking, UInt256.MAX);
    run(staking, "fund(uint256,uint256)", ENDOWMENT, 100_000_000);
    deploy("Council", "Council", token(4));
    deploy("SupplyChain", "SupplyChain");
    deploy("BatchAccount", "BatchAccount");
    deploy("BundleHub", "BundleHub");
    deploy("BlobLedger", "BlobLedger");
  }

  /** Hands an account its token, and approves for it what it will call with it. */
  private void endow(Address account, int token) {
    run(token(token), "transfer(address,uint256)", account, ENDOWMENT);
    approve(account, token, "Router");
    if (fork.isAtLeast(Fork.CANCUN)) {
      switch (token) {
        case 0 -> {
          approve(account, token, "Market");
          approve(account, token, "Vault");
        }
        case 1 -> approve(account, token, "Market");
        case 2 -> approve(account, token, "Staking");
        case 4 -> approve(account, token, "Council");
        default -> {}
      }
    }
    byte[] operator = Abi.call("setApprovalForAll(address,bool)", contract("Marketplace"), true);
    execute(account, contract("Drop"), operator);
  }

  private void approve(Address account, int token, String spender) {
    byte[] input = Abi.call("approve(address,uint256)", contract(spender), UInt256.MAX);
    execute(account, token(token), input);
  }

  private Address deploy(String name, String contract, Object... arguments) {
    return deployFor(compiledFor(), name, contract, arguments);
  }

  private Address deployFor(String evmVersion, String name, String contract, Object... arguments) {
    long nonce = state.account(deployer.address()).nonce();
    byte[] code = Artifacts.creationCode(evmVersion, contract);
    execute(deployer.address(), null, Abi.creation(code, arguments));
    Address address = ContractAddress.of(deployer.address(), nonce);
    contracts.put(name, address);
    return address;
  }

  private void run(Address to, String signature, Object... arguments) {
    execute(deployer.address(), to, Abi.call(signature, arguments));
  }

  private void execute(Address from, Address to, byte[] input) {
    UInt256 zero = UInt256.ZERO;
    Transaction transaction =
        new Transaction(
            0,
            CHAIN_ID,
            state.account(from).nonce(),
            zero,
            null,
            null,
            null,
            SETUP_GAS,
            to,
            zero,
            input,
            List.of(),
            List.of(),
            List.of(),
            zero,
            zero,
            zero);
    Unit unit = new Unit.TransactionUnit(block, 0, transaction, from);
    Outcome outcome = executor.execute(state, unit, Mode.EXACT);
    if (!(outcome.result() instanceof UnitResult.Executed executed) || !executed.success()) {
      throw new IllegalStateException("the set-up failed: " + outcome.result());
    }
    state.apply(outcome.writes());
  }
}
