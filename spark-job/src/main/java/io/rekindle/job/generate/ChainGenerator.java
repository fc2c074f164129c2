package io.rekindle.job.generate;

import io.rekindle.evm.chain.Block;
import io.rekindle.evm.chain.Genesis;
import io.rekindle.evm.chain.Header;
import io.rekindle.evm.chain.LogsBloom;
import io.rekindle.evm.chain.Roots;
import io.rekindle.evm.chain.Transaction;
import io.rekindle.evm.chain.Withdrawal;
import io.rekindle.evm.crypto.Keccak256;
import io.rekindle.evm.fork.Fork;
import io.rekindle.evm.interpreter.Interpreter;
import io.rekindle.evm.process.BaseFee;
import io.rekindle.evm.process.BlobFee;
import io.rekindle.evm.process.UnitExecutor;
import io.rekindle.evm.state.OverlayState;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import io.rekindle.snapshot.importer.GenesisState;
import io.rekindle.snapshot.trie.StateTrie;
import io.rekindle.snapshot.trie.TrieState;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes a chain and writes {@code genesis.json}, and {@code chain.rlp} with the genesis block and
 * all others, as {@code geth export} writes it. A block's gas is steered so that the chain uses the
 * wanted gas on average, which keeps the base fee where it started.
 */
public final class ChainGenerator {
  /** Midnight, 28 October 2025, UTC. */
  private static final long START = 1_761_609_600L;

  private static final int SECONDS_PER_SLOT = 12;
  private static final int ANCESTOR_HASHES = 256;
  private static final int FEE_RECIPIENTS = 3;
  private static final int WITHDRAWALS = 2;

  /** A mix of blobs alone would never reach its gas: after so many too many the block is closed. */
  private static final int MAX_LEFT_OUT = 20;

  private static final byte[] EXTRA = "rekindle".getBytes(StandardCharsets.US_ASCII);

  /**
   * What was made.
   *
   * @param failed transactions that halted
   */
  public record Summary(
      int blocks, long transactions, long failed, long gas, Hash head, Hash stateRoot) {}

  private final GeneratorSettings settings;
  private final Draws draws;
  private final World world;
  private final Actions actions;
  private final UnitExecutor executor = new UnitExecutor(new Interpreter());
  private final Action[] kinds;
  private final int[] cumulative;
  private final Map<Long, Hash> hashes = new TreeMap<>();

  private TrieState state;
  private long withdrawalIndex;
  private long transactions;
  private long failed;
  private long gas;

  public ChainGenerator(GeneratorSettings settings) {
    this.settings = settings;
    this.draws = new Draws(settings.seed());
    this.world = new World(settings, START);
    this.actions = new Actions(world, draws, new Crowd(world, draws, settings));
    this.kinds = settings.mix().keySet().toArray(Action[]::new);
    this.cumulative = new int[kinds.length];
    int sum = 0;
    for (int i = 0; i < kinds.length; i++) {
      sum += settings.mix().get(kinds[i]);
      cumulative[i] = sum;
    }
  }

  /** Makes the chain in a folder, which is made where it is missing. */
  public Summary write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Path file = folder.resolve("genesis.json");
    GenesisFile.write(file, settings.fork(), START, 2 * settings.gas(), world.state);
    Genesis genesis = GenesisState.read(file);
    state = new TrieState(StateTrie.EMPTY.apply(world.state), Map.copyOf(world.state.codes()));
    List<Withdrawal> none = settings.fork().withdrawals() ? List.of() : null;
    Block last = new Block(genesis.header(), List.of(), List.of(), none);
    try (OutputStream out =
        new BufferedOutputStream(Files.newOutputStream(folder.resolve("chain.rlp")), 1 << 20)) {
      out.write(last.encoded());
      for (int i = 0; i < settings.blocks(); i++) {
        last = next(last.header(), genesis);
        out.write(last.encoded());
      }
    }
    Header head = last.header();
    return new Summary(settings.blocks(), transactions, failed, gas, head.hash(), head.stateRoot());
  }

  private Block next(Header parent, Genesis genesis) {
    hashes.put(parent.number(), parent.hash());
    hashes.remove(parent.number() - ANCESTOR_HASHES);
    BlockMaker block =
        new BlockMaker(draft(parent), genesis.spec(), hashes::get, executor, withdrawals(), state);
    world.reached = block.state();
    fill(block, parent);
    Block sealed = block.seal(this::advance);
    transactions += block.size();
    failed += block.failed();
    gas += sealed.header().gasUsed();
    return sealed;
  }

  private Hash advance(OverlayState changed) {
    state = state.apply(changed);
    return state.trie().root();
  }

  /** Until the chain has used what it should have by now. */
  private void fill(BlockMaker block, Header parent) {
    long number = parent.number() + 1;
    long timestamp = parent.timestamp() + SECONDS_PER_SLOT;
    long wanted = number * settings.gas() - gas;
    int blobsLeftOut = 0;
    while (block.gasUsed() < wanted && blobsLeftOut < MAX_LEFT_OUT) {
      Intent intent = actions.next(kind(), number, timestamp);
      int type = typeOf(intent);
      if (!block.fits(intent.gas(), (long) intent.blobHashes().size() << 17)) {
        if (intent.blobHashes().isEmpty()) {
          return;
        }
        blobsLeftOut++;
        continue;
      }
      Transaction transaction =
          intent
              .from()
              .sign(
                  intent,
                  type,
                  World.CHAIN_ID,
                  world.nonce(intent.from().address()),
                  block.baseFee(),
                  1 + draws.below(3));
      if (block.add(transaction, intent.from().address())) {
        intent.onSuccess().run();
      }
    }
  }

  private Action kind() {
    int at = draws.below(cumulative[cumulative.length - 1]);
    int kind = 0;
    while (cumulative[kind] <= at) {
      kind++;
    }
    return kinds[kind];
  }

  private int typeOf(Intent intent) {
    double draw = draws.unit();
    if (!intent.blobHashes().isEmpty()) {
      return 3;
    } else if (!intent.authorizations().isEmpty()) {
      return 4;
    } else if (!intent.accessList().isEmpty()) {
      return draw < 0.3 ? 1 : 2;
    }
    return draw < 0.2 ? 0 : 2;
  }

  private List<Withdrawal> withdrawals() {
    List<Withdrawal> list = new ArrayList<>();
    if (settings.fork().withdrawals()) {
      for (int i = 0; i < WITHDRAWALS; i++) {
        Address to = world.wallets[draws.below(world.wallets.length)].address();
        list.add(new Withdrawal(withdrawalIndex, withdrawalIndex, to, 1 + draws.below(20_000_000)));
        withdrawalIndex++;
      }
    }
    return list;
  }

  /** The next header, without what follows from execution. */
  private Header draft(Header parent) {
    Fork fork = settings.fork();
    Hash random = draws.hash();
    byte[] recipient = Keccak256.digest(new byte[] {(byte) draws.below(FEE_RECIPIENTS)}, 0, 1);
    return new Header(
        parent.hash(),
        Roots.ommers(List.of()),
        Address.ofBytes(recipient, 12),
        Hash.ZERO,
        Hash.ZERO,
        Hash.ZERO,
        new byte[LogsBloom.SIZE],
        UInt256.ZERO,
        parent.number() + 1,
        parent.gasLimit(),
        0,
        parent.timestamp() + SECONDS_PER_SLOT,
        EXTRA,
        random,
        0,
        BaseFee.after(parent),
        fork.withdrawals() ? Hash.ZERO : null,
        fork.blobSchedule() == null ? null : (Long) 0L,
        fork.blobSchedule() == null ? null : (Long) BlobFee.excessAfter(parent, fork),
        fork.beaconRoots() ? draws.hash() : null,
        fork.requests() ? Hash.ZERO : null,
        null,
        null);
  }
}
