package io.rekindle.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rekindle.job.archive.ArchivedBlock;
import io.rekindle.job.archive.Archives;
import io.rekindle.job.archive.BlockSource.BlockRange;
import io.rekindle.job.archive.BlockSplit;
import io.rekindle.job.archive.TestArchives;
import io.rekindle.job.table.Table;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Total difficulty in blocks of mainnet's first days, as an era file states it, in runs over the
 * same blocks from an archive that does not state it.
 */
class TotalDifficultyTest {
  private static final String GENESIS = TestArchives.fixture("genesis/mainnet.json").toString();
  private static final long LAST = 40;

  @TempDir private Path folder;
  private Path chain;
  private final List<String> stated = new ArrayList<>();

  /** Blocks of the era file one after the other, and what it says of each. */
  @BeforeEach
  void writeChain() throws IOException {
    Path era = TestArchives.fixture("era1/mainnet-00000-5ec1ffb8.era1");
    chain = folder.resolve("chain.rlp");
    try (OutputStream out = Files.newOutputStream(chain)) {
      for (BlockSplit split :
          Archives.open(era.toString(), new Configuration()).splits(new BlockRange(1, LAST), 64)) {
        for (Iterator<ArchivedBlock> blocks = split.read(); blocks.hasNext(); ) {
          ArchivedBlock block = blocks.next();
          out.write(block.encoded());
          stated.add(block.number() + ": " + block.totalDifficulty().toBigInteger());
        }
      }
    }
  }

  private Reexecution run(List<Long> states, String name) throws IOException {
    Path store = folder.resolve("states-" + name);
    SerialStates.store(store, SerialStates.after(chain, Path.of(GENESIS), states));
    return new Reexecution(chain.toString(), GENESIS)
        .state(store.toString(), false)
        .tables(EnumSet.of(Table.BLOCKS))
        .groupBlocks(5)
        .windowBlocks(5)
        .rangesAtOnce(2)
        .master("local[2]")
        .out(folder.resolve(name).toString(), false);
  }

  private List<String> written(String name) throws IOException {
    try (SparkSession spark = OutputTables.session()) {
      List<String> found = new ArrayList<>();
      for (Row row :
          OutputTables.read(spark, folder.resolve(name), Table.BLOCKS)
              .select("block_number", "total_difficulty")
              .orderBy("block_number")
              .collectAsList()) {
        found.add(row.getLong(0) + ": " + row.getDecimal(1));
      }
      return found;
    }
  }

  @Test
  void rangesKnowWhatTheBlocksBeforeThemAddUpTo() throws IOException {
    RunReport report = run(List.of(0L, 12L, 25L), "ranges").run();
    assertTrue(report.passed(), report.text());
    assertTrue(report.text().contains("2 of 2 seams proven"), report.text());
    assertEquals(stated, written("ranges"));
  }

  @Test
  void aRangeGoesOnWithWhatItsRowsSay() throws IOException {
    Reexecution run = run(List.of(0L, 12L), "continued");
    run.run();
    Path meta = folder.resolve("continued/_rekindle");
    Files.delete(meta.resolve("group-000001000006.json"));
    Files.delete(meta.resolve("group-000000000003.json"));
    assertEquals(2 + 3, run.run().blocks());
    assertEquals(stated, written("continued"));
  }

  @Test
  void itIsNotKnownWithoutTheStartOfTheChain() throws IOException {
    assertTrue(run(List.of(5L, 12L), "later").run().passed());
    written("later").forEach(row -> assertTrue(row.endsWith(": null"), row));
  }
}
