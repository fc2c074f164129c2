package io.rekindle.job;

import io.rekindle.evm.chain.Genesis;
import io.rekindle.evm.chain.JsonFormatException;
import io.rekindle.evm.crypto.Keccak256;
import io.rekindle.evm.fork.ChainSpec;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import io.rekindle.job.archive.ArchiveException;
import io.rekindle.job.archive.ArchiveFile;
import io.rekindle.job.archive.ArchivedBlock;
import io.rekindle.job.archive.Archives;
import io.rekindle.job.archive.BlockSource;
import io.rekindle.job.archive.BlockSource.BlockRange;
import io.rekindle.job.output.GroupManifest;
import io.rekindle.job.output.RangeStarts;
import io.rekindle.partitioner.Partitioner;
import io.rekindle.snapshot.store.StateStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.SparkSession;

/** What a run reads, opened: an archive, the state that its blocks start from, and their chain. */
final class RunInput {
  private final InputChoice choice;
  private final StateInput given;
  private final BlockSource source;

  /** Whether each block brings the state that it starts from. */
  private final boolean alone;

  private final BlockRange range;

  /** That of the chain's file, once it was needed. */
  private Genesis chainGenesis;

  private RunInput(InputChoice choice, StateInput given, BlockSource source) {
    this.choice = choice;
    this.given = given;
    this.source = source;
    this.alone = startAlone();
    this.range = findRange();
  }

  /**
   * Opens the archive and the state, and finds out how they fit.
   *
   * @throws IllegalArgumentException where the archive or the state has no such blocks, or there is
   *     no such chain
   * @throws ArchiveException where one of them is damaged, or is not what a run can read
   */
  static RunInput open(InputChoice choice, Configuration hadoop) throws IOException {
    checkChain(choice.chain());
    StateInput given = choice.state() == null ? null : StateInput.read(choice.state(), hadoop);
    BlockSource blocks = Archives.open(choice.archive(), hadoop);
    BlockSource source =
        given instanceof StateInput.OfBlocks each ? each.folder().join(blocks) : blocks;
    return new RunInput(choice, given, source);
  }

  private boolean startAlone() {
    if (given != null) {
      return given instanceof StateInput.OfBlocks || given instanceof StateInput.OfWitnesses;
    }
    return source.kind().equals("dump")
        && source.facts().stream().anyMatch(file -> file.parts().contains("prestate"));
  }

  // ---------------------------------------------------------------- blocks

  BlockSource source() {
    return source;
  }

  /** The blocks that are asked for, without block 0, which is the genesis itself. */
  BlockRange range() {
    return range;
  }

  private BlockRange findRange() {
    List<BlockRange> ranges = source.ranges();
    long first = choice.from() == null ? firstAfterState(ranges.get(0).first()) : choice.from();
    long last = choice.to() == null ? ranges.get(ranges.size() - 1).last() : choice.to();
    if (first > last) {
      throw new IllegalArgumentException(
          "no blocks from "
              + first
              + " to "
              + last
              + (choice.from() == null
                  ? ": the state that --state gives is a later one"
                  : ": --from is after --to, or after the archive"));
    }
    if (last < 1) {
      throw new IllegalArgumentException(
          "no blocks up to 0: that is the genesis itself, and not executed");
    }
    BlockRange found = new BlockRange(Math.max(1, first), last);
    firstOf(found);
    List<Long> after = statesAfter();
    if (!after.isEmpty() && !after.contains(found.first() - 1)) {
      throw new IllegalArgumentException(
          "--state is the one after block "
              + after.stream().map(String::valueOf).collect(Collectors.joining(" or "))
              + ", but the first block to execute is "
              + found.first());
    }
    return found;
  }

  /** The blocks after which there are given states, ascending; none where that is not said. */
  private List<Long> statesAfter() {
    if (given instanceof StateInput.OfHeights store) {
      return store.heights().stream().map(StateStore.Height::blockNumber).toList();
    }
    return given instanceof StateInput.Complete complete && complete.number() != null
        ? List.of(complete.number())
        : List.of();
  }

  /** The first block, not before one, that follows a given state; that one where none is given. */
  private long firstAfterState(long first) {
    List<Long> after = statesAfter();
    return after.stream()
        .map(number -> number + 1)
        .filter(next -> next >= first)
        .findFirst()
        .orElse(after.isEmpty() ? first : after.get(after.size() - 1) + 1);
  }

  /** The first block of the run that the archive holds. */
  long firstHeld() {
    return firstOf(range);
  }

  private long firstOf(BlockRange wanted) {
    return source.ranges().stream()
        .filter(held -> held.first() <= wanted.last() && held.last() >= wanted.first())
        .mapToLong(held -> Math.max(held.first(), wanted.first()))
        .findFirst()
        .orElseThrow(
            () -> new ArchiveException(choice.archive(), "", "it holds none of " + wanted));
  }

  ArchivedBlock block(long number) {
    return source.splits(new BlockRange(number, number), 1).stream()
        .map(split -> split.read().next())
        .findFirst()
        .orElseThrow(
            () -> new ArchiveException("block " + number, "", "the archive does not hold it"));
  }

  // ---------------------------------------------------------------- state

  /** Whether each block brings the state that it starts from. */
  boolean alone() {
    return alone;
  }

  /** Whether a block that reads what its prestate does not list fails. */
  boolean strict() {
    return choice.strict();
  }

  /** Whether a complete state was given, or several. */
  boolean isComplete() {
    return given instanceof StateInput.Complete || given instanceof StateInput.OfHeights;
  }

  /** The one complete state that was given; null where there is none, or several are. */
  private StateInput.Complete complete() {
    return given instanceof StateInput.Complete complete ? complete : null;
  }

  /** The tables of an earlier run, for their sidecars; null where there are none. */
  StateInput.OfSidecars earlierRun() {
    return given instanceof StateInput.OfSidecars earlier ? earlier : null;
  }

  /**
   * Where ranges of the run start that a store has states for; null where it is not such a store.
   *
   * @throws ArchiveException where the archive has a gap, over which no state leads
   */
  RangeStarts rangeStarts() {
    if (!(given instanceof StateInput.OfHeights store)) {
      return null;
    }
    List<RangeStarts.Start> starts = new ArrayList<>();
    for (StateStore.Height height : store.heights()) {
      long first = height.blockNumber() + 1;
      if (first >= range.first() && first <= range.last()) {
        starts.add(new RangeStarts.Start(first, height.stateRoot().toString()));
      }
    }
    checkWhole();
    return new RangeStarts(starts);
  }

  /**
   * The ranges that the run is divided in.
   *
   * @param starts of ranges that have a state of their own; null where the whole run is one range
   */
  List<RunRange> ranges(RangeStarts starts) {
    return starts == null ? List.of(new RunRange(range, null)) : RunRange.divided(range, starts);
  }

  /**
   * Makes sure that the archive holds every block that a chain's run has to go through.
   *
   * @throws ArchiveException where it lacks one; not where blocks bring their own states, which may
   *     have gaps between them
   */
  void checkWhole() {
    if (alone) {
      return;
    }
    long lacking = range.first();
    for (BlockRange held : source.ranges()) {
      if (held.first() <= lacking && held.last() >= lacking) {
        lacking = held.last() + 1;
      }
    }
    if (lacking <= range.last()) {
      throw new ArchiveException(
          choice.archive(),
          "block " + lacking,
          "the archive does not hold it, and no state leads over a gap");
    }
  }

  /** Whether a run from its start begins with the chain's genesis. */
  boolean startsAtGenesis() {
    return !alone && (given == null || given instanceof StateInput.OfSidecars);
  }

  /** Witnesses by block; null where blocks bring no such. */
  Map<Long, ArchiveFile> witnesses() {
    return given instanceof StateInput.OfWitnesses proven ? proven.files() : null;
  }

  /** Sidecars of the run's blocks; null where there are none. */
  SidecarTable sidecars() throws IOException {
    return given instanceof StateInput.OfSidecars earlier
        ? SidecarTable.open(earlier.path(), earlier.folder(), SparkSession.builder().getOrCreate())
        : null;
  }

  /**
   * Where a chain goes on from.
   *
   * @param roots of its state, whose root is what it should be
   */
  record OpenChain(ChainStart start, StateRoots roots) {}

  /**
   * Opens the state before some blocks of the run.
   *
   * @param reached where an earlier run got to, if they follow that; else null
   */
  OpenChain openChain(BlockRange blocks, Reached reached) throws IOException {
    if (reached != null) {
      return goOn(reached);
    }
    StateInput.Complete complete =
        given instanceof StateInput.OfHeights store ? store.at(blocks.first() - 1) : complete();
    if (complete == null) {
      ChainStart start = ChainStart.ofGenesis(genesis());
      return new OpenChain(start, new StateRoots(start.state()));
    }
    ChainStart start =
        ChainStart.before(block(blocks.first()), complete.state(), source, knownGenesis());
    StateRoots roots = new StateRoots(start.state());
    complete.check(roots.root(), start.claimedRoot(), start.number());
    return new OpenChain(start, roots);
  }

  private OpenChain goOn(Reached reached) throws IOException {
    GroupManifest last = reached.last();
    ChainStart start =
        ChainStart.after(
            last.lastBlock(), Hash.ofHex(last.lastHash()), reached.state(), source, knownGenesis());
    StateRoots roots = new StateRoots(start.state());
    if (!roots.root().toString().equals(last.stateRoot())) {
      throw new IOException(
          "the state that --out keeps after block "
              + start.number()
              + " has root "
              + roots.root()
              + ", not "
              + last.stateRoot()
              + ": it was altered");
    }
    return new OpenChain(start, roots);
  }

  /** What of the state decides the rows. */
  String stateIdentity() {
    if (alone) {
      return "of each block";
    }
    if (given instanceof StateInput.OfHeights) {
      return "root " + rangeStarts().starts().get(0).stateRoot();
    }
    return complete() == null ? "from genesis" : "root " + complete().root();
  }

  // ---------------------------------------------------------------- chain

  /** The strategy for where none is asked for. */
  String usualStrategy() {
    return earlierRun() == null ? Partitioner.DEFAULT : Partitioner.VERSIONED;
  }

  private static boolean isGenesisFile(String chain) {
    return ChainSpec.PUBLIC.stream().noneMatch(known -> known.name().equals(chain));
  }

  private static void checkChain(String chain) {
    if (isGenesisFile(chain)
        && (!Files.exists(Path.of(chain)) || Files.isDirectory(Path.of(chain)))) {
      throw new IllegalArgumentException(
          "--chain " + chain + ": neither mainnet, sepolia, hoodi nor a genesis file");
    }
  }

  /** What of the chain decides the rows. */
  String chainIdentity() throws IOException {
    return isGenesisFile(choice.chain())
        ? "genesis file " + Keccak256.hash(Files.readAllBytes(Path.of(choice.chain())))
        : choice.chain();
  }

  ChainChoice chain() throws IOException {
    ChainChoice chain =
        genesisOfChain() == null
            ? new ChainChoice(choice.chain(), choice.engine())
            : ChainChoice.ofGenesis(Path.of(choice.chain()), choice.engine());
    return choice.traced() ? chain.withTraces() : chain;
  }

  /**
   * @throws IllegalArgumentException where neither the chain nor the state is a genesis file
   */
  Genesis genesis() throws IOException {
    Genesis genesis = knownGenesis();
    if (genesis == null) {
      throw new IllegalArgumentException(
          "--chain "
              + choice.chain()
              + ": a chain that starts from genesis needs its genesis file, or --state another start");
    }
    return genesis;
  }

  /** Difficulty of block 0; null where neither a genesis file nor the archive tells it. */
  UInt256 genesisDifficulty() throws IOException {
    Genesis genesis = knownGenesis();
    if (genesis != null) {
      return genesis.header().difficulty();
    }
    return source.ranges().get(0).first() == 0 ? block(0).block().header().difficulty() : null;
  }

  /** Null where neither the chain nor the state is a genesis file. */
  private Genesis knownGenesis() throws IOException {
    if (given instanceof StateInput.OfGenesis start) {
      return start.genesis();
    }
    return genesisOfChain();
  }

  /** Null where the chain is known by name. */
  private Genesis genesisOfChain() throws IOException {
    if (chainGenesis == null && isGenesisFile(choice.chain())) {
      try {
        chainGenesis = Genesis.read(Path.of(choice.chain()));
      } catch (JsonFormatException e) {
        throw new ArchiveException(choice.chain(), "", "no genesis file: " + e.getMessage(), e);
      }
    }
    return chainGenesis;
  }
}
