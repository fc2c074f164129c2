package io.rekindle.job.archive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rekindle.evm.chain.Receipt;
import io.rekindle.job.OutputTables;
import io.rekindle.job.archive.BlockSource.BlockRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole blocks in Parquet, as plain Spark writes them from a data source. */
class ParquetFileTest {
  private static final Path ERE = TestArchives.sample("rekindle-00000-03b433ea-noproofs.ere");

  private static SparkSession spark;

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    spark = OutputTables.session();
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  private static Dataset<Row> blocks(String format, Path archive, String condition) {
    return spark
        .read()
        .format(format)
        .option("table", "rlp")
        .option("blocksPerPartition", 100)
        .load(archive.toString())
        .filter(condition);
  }

  /** Writes rows into a new folder. */
  private Path written(Dataset<Row> rows) {
    Path archive = folder.resolve("archive");
    rows.write().mode("overwrite").parquet(archive.toString());
    return archive;
  }

  private static Path onlyFile(Path archive) throws IOException {
    try (Stream<Path> files = Files.list(archive)) {
      return files.filter(file -> file.toString().endsWith(".parquet")).findFirst().orElseThrow();
    }
  }

  private static void assertSame(List<ArchivedBlock> expected, List<ArchivedBlock> found) {
    assertEquals(expected.size(), found.size());
    for (int i = 0; i < expected.size(); i++) {
      ArchivedBlock a = expected.get(i);
      ArchivedBlock b = found.get(i);
      assertArrayEquals(a.encoded(), b.encoded());
      assertEquals(a.hash(), b.hash());
      assertEquals(a.totalDifficulty(), b.totalDifficulty());
      assertArrayEquals(receipts(a), receipts(b));
    }
  }

  private static byte[] receipts(ArchivedBlock block) {
    List<Receipt> receipts = block.receipts();
    return receipts == null ? null : Receipt.encodeList(receipts);
  }

  @Test
  void anArchiveIsTheSameInParquet() {
    Path archive = written(blocks("ere", ERE, "true"));
    BlockSource source = TestArchives.open(archive);
    assertEquals("parquet", source.kind());
    assertEquals(List.of(new BlockRange(0, 400)), source.ranges());
    assertEquals(5, source.facts().size());
    // Splits that end with files, and within them.
    for (int blocksPerSplit : new int[] {100, 37}) {
      assertSame(
          TestArchives.readAll(ERE, blocksPerSplit), TestArchives.readAll(archive, blocksPerSplit));
    }
  }

  @Test
  void totalDifficultiesStay() {
    Path sepolia = TestArchives.fixture("era1/sepolia-00021-b8814b14.era1");
    Path archive = written(blocks("era1", sepolia, "block_number BETWEEN 180000 AND 180040"));
    List<ArchivedBlock> found = TestArchives.readAll(archive, 25);
    assertTrue(found.get(0).totalDifficulty().bitLength() > 0);
    assertSame(
        TestArchives.read(TestArchives.open(sepolia), 8192).stream()
            .filter(block -> block.number() >= 180_000 && block.number() <= 180_040)
            .toList(),
        found);
  }

  @Test
  void anArchiveWithoutReceiptsHasNone() {
    Path rlp = TestArchives.sample("chain.rlp.gz");
    Path archive = written(blocks("rlp", rlp, "block_number < 20").drop("receipts_rlp"));
    List<ArchivedBlock> found = TestArchives.readAll(archive, 7);
    assertEquals(20, found.size());
    assertEquals(null, found.get(3).receipts());
  }

  @Test
  void otherParquetIsNamed() {
    Path foreign = written(spark.range(5).toDF("block_number"));
    assertMessage("no archive: Parquet without a column block_", foreign);
    Path empty = written(blocks("ere", ERE, "block_number < 0").coalesce(1));
    assertMessage("there is no", empty);
  }

  @Test
  void gapsAndDisorderAreNamed() {
    Path gap = written(blocks("ere", ERE, "block_number IN (3, 4, 6)"));
    assertMessage("3 rows for blocks 3 to 6: one each is needed", gap);
    Dataset<Row> falling =
        blocks("ere", ERE, "block_number < 9")
            .coalesce(1)
            .sortWithinPartitions(functions.col("block_number").desc());
    assertMessage("block 0: the row in its place has block 8; rows must ascend", written(falling));
  }

  @Test
  void anAlteredBlockIsNamed() {
    Dataset<Row> rows = blocks("ere", ERE, "block_number < 9").coalesce(1);
    Path hash =
        written(
            rows.withColumn(
                "block_hash",
                functions.expr("if(block_number = 5, lpad('', 66, '0'), block_hash)")));
    assertMessage("block 5: block_hash: the header's hash is 0x", hash);
    Path bytes =
        written(
            rows.withColumn(
                "block_rlp",
                functions.expr("if(block_number = 5, substring(block_rlp, 1, 700), block_rlp)")));
    assertMessage("block 5: block_rlp: ", bytes);
    Path none =
        written(
            rows.withColumn("block_rlp", functions.expr("if(block_number = 5, null, block_rlp)")));
    assertMessage("block 5: there is no value in block_rlp", none);
  }

  @Test
  void damageIsNamed() throws IOException {
    Path file = onlyFile(written(blocks("ere", ERE, "block_number < 50")));
    byte[] bytes = Files.readAllBytes(file);
    Path copy = folder.resolve("copy.parquet");
    Files.write(copy, Arrays.copyOf(bytes, bytes.length / 2));
    assertMessage("damaged: its end is not that of a Parquet file", copy);
    byte[] flipped = bytes.clone();
    flipped[bytes.length / 3] ^= 1;
    Files.write(copy, flipped);
    assertMessage("damaged: Parquet cannot read its row", copy);
    flipped = bytes.clone();
    flipped[0] ^= 1;
    Files.write(copy, flipped);
    assertMessage("copy.parquet", copy);
  }

  private static void assertMessage(String part, Path archive) {
    ArchiveException e =
        assertThrows(ArchiveException.class, () -> TestArchives.readAll(archive, 10));
    assertTrue(e.getMessage().contains(part), e.getMessage());
    assertEquals(1, e.getMessage().lines().count());
  }
}
