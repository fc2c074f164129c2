package io.rekindle.job;

import io.rekindle.evm.chain.Genesis;
import io.rekindle.evm.crypto.Keccak256;
import io.rekindle.evm.word.Hash;
import io.rekindle.job.archive.ArchiveException;
import io.rekindle.job.archive.ArchiveFile;
import io.rekindle.job.archive.ArchivedBlock;
import io.rekindle.job.archive.Archives;
import io.rekindle.job.archive.BlockSource;
import io.rekindle.job.archive.BlockSource.BlockRange;
import io.rekindle.job.output.GroupManifest;
import io.rekindle.partitioner.Partitioner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
   * @throws IllegalArgumentException where the archive or the state has no such blocks
   * @throws ArchiveException where one of them is damaged, or is not what a run can read
   */
  static RunInput open(InputChoice choice, Configuration hadoop) throws IOException {
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

  /** The blocks that are asked for; of a chain without block 0, which is the genesis itself. */
  BlockRange range() {
    return range;
  }

  private BlockRange findRange() {
    List<BlockRange> ranges = source.ranges();
    long first =
        choice.from() == null ? Math.max(ranges.get(0).first(), firstAfterState()) : choice.from();
    long last = choice.to() == null ? ranges.get(ranges.size() - 1).last() : choice.to();
    if (first > last) {
      throw new IllegalArgumentException(
          "no blocks from "
              + first
              + " to "
              + last
              + ": --from is after --to, or after the archive");
    }
    BlockRange found = new BlockRange(alone ? first : Math.max(1, first), last);
    firstOf(found);
    if (firstAfterState() > 0 && found.first() != firstAfterState()) {
      throw new IllegalArgumentException(
          "--state is the one after block "
              + (firstAfterState() - 1)
              + ", but the first block to execute is "
              + found.first());
    }
    return found;
  }

  /** The block that follows the given state; 0 where it does not say. */
  private long firstAfterState() {
    return given instanceof StateInput.Complete complete && complete.number() != null
        ? complete.number() + 1
        : 0;
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

  /** A complete state that was given; null where there is none. */
  StateInput.Complete complete() {
    return given instanceof StateInput.Complete complete ? complete : null;
  }

  /** The tables of an earlier run, for their sidecars; null where there are none. */
  StateInput.OfSidecars earlierRun() {
    return given instanceof StateInput.OfSidecars earlier ? earlier : null;
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

  /** Where the chain goes on from. */
  ChainStart start(Reached reached) throws IOException {
    if (reached != null) {
      GroupManifest last = reached.last();
      return ChainStart.after(
          last.lastBlock(), Hash.ofHex(last.lastHash()), reached.state(), source, knownGenesis());
    }
    return complete() == null
        ? ChainStart.ofGenesis(genesis())
        : ChainStart.before(block(range.first()), complete().state(), source, knownGenesis());
  }

  /** What of the state decides the rows. */
  String stateIdentity() {
    if (alone) {
      return "of each block";
    }
    return complete() == null ? "from genesis" : "root " + complete().root();
  }

  // ---------------------------------------------------------------- chain

  /** The strategy for where none is asked for. */
  String usualStrategy() {
    return earlierRun() == null ? Partitioner.DEFAULT : Partitioner.VERSIONED;
  }

  private boolean isGenesisFile() {
    return choice.chain().contains("/") || choice.chain().endsWith(".json");
  }

  /** What of the chain decides the rows. */
  String chainIdentity() throws IOException {
    return isGenesisFile()
        ? "genesis file " + Keccak256.hash(Files.readAllBytes(Path.of(choice.chain())))
        : choice.chain();
  }

  ChainChoice chain() throws IOException {
    return isGenesisFile()
        ? ChainChoice.ofGenesis(Path.of(choice.chain()), choice.engine())
        : new ChainChoice(choice.chain(), choice.engine());
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

  /** Null where neither the chain nor the state is a genesis file. */
  private Genesis knownGenesis() throws IOException {
    if (given instanceof StateInput.OfGenesis start) {
      return start.genesis();
    }
    return isGenesisFile() ? Genesis.read(Path.of(choice.chain())) : null;
  }
}
