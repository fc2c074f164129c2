package io.rekindle.job.archive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.rekindle.evm.chain.Roots;
import io.rekindle.evm.word.UInt256;
import io.rekindle.job.archive.BlockSource.BlockRange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What era1 and ere files hold. */
class EraFileTest {
  static final String ERE = "rekindle-00000-03b433ea-noproofs.ere";

  @TempDir Path folder;

  @Test
  void readsMainnetsFirstBlocks() {
    BlockSource source =
        TestArchives.open(TestArchives.fixture("era1/mainnet-00000-5ec1ffb8.era1"));
    assertEquals("era1", source.kind());
    assertEquals(List.of(new BlockRange(0, 8191)), source.ranges());
    assertEquals(82, source.splits(source.ranges().get(0), 100).size());
    List<ArchivedBlock> blocks = TestArchives.read(source, 500);
    assertEquals(8192, blocks.size());
    assertEquals(
        "0xd4e56740f876aef8c010b86a40d5f56745a118d0906a34e69aec8c0db1cb8fa3",
        blocks.get(0).hash().toString());
    assertEquals(1_410, blocks.stream().mapToInt(b -> b.block().ommers().size()).sum());
    UInt256 total = UInt256.ZERO;
    for (ArchivedBlock block : blocks) {
      total = total.add(block.block().header().difficulty());
      assertEquals(total, block.totalDifficulty());
      assertEquals(block.block().header().ommersHash(), Roots.ommers(block.block().ommers()));
      assertArrayEquals(block.block().encoded(), block.encoded());
    }
  }

  @Test
  void readsSepoliasReceipts() {
    List<ArchivedBlock> blocks =
        TestArchives.readAll(TestArchives.fixture("era1/sepolia-00021-b8814b14.era1"), 1000);
    assertEquals(8192, blocks.size());
    assertEquals(172_032, blocks.get(0).number());
    assertEquals(93, blocks.stream().mapToInt(b -> b.block().transactions().size()).sum());
    assertEquals(93, blocks.stream().mapToInt(b -> b.receipts().size()).sum());
    for (ArchivedBlock block : blocks) {
      assertEquals(
          block.block().header().transactionsRoot(),
          Roots.transactions(block.block().transactions()));
      assertEquals(block.block().header().receiptsRoot(), Roots.receipts(block.receipts()));
    }
  }

  @Test
  void ereHoldsTheSameBlocksAsRlp() {
    BlockSource source = TestArchives.open(TestArchives.sample(ERE));
    assertEquals("ere", source.kind());
    assertEquals(List.of(new BlockRange(0, 400)), source.ranges());
    List<ArchivedBlock> blocks = TestArchives.read(source, 13);
    List<ArchivedBlock> expected = TestArchives.readAll(TestArchives.sample("chain.rlp.gz"), 400);
    assertEquals(expected.size(), blocks.size());
    for (int i = 0; i < blocks.size(); i++) {
      ArchivedBlock block = blocks.get(i);
      assertArrayEquals(expected.get(i).encoded(), block.encoded());
      assertEquals(expected.get(i).hash(), block.hash());
      assertNull(block.totalDifficulty());
      assertEquals(block.block().header().receiptsRoot(), Roots.receipts(block.receipts()));
    }
  }

  @Test
  void readsOnlyWhatIsAskedFor() {
    BlockSource source = TestArchives.open(TestArchives.sample(ERE));
    List<BlockSplit> splits = source.splits(new BlockRange(101, 120), 8);
    assertEquals(List.of(101L, 109L, 117L), splits.stream().map(BlockSplit::first).toList());
    List<Long> numbers = new ArrayList<>();
    splits.forEach(s -> TestArchives.sent(s).read().forEachRemaining(b -> numbers.add(b.number())));
    assertEquals(20, numbers.size());
    assertEquals(101, numbers.get(0));
    assertEquals(120, numbers.get(19));
  }

  @Test
  void aNameDoesNotMatter() throws IOException {
    Path renamed = Files.copy(TestArchives.sample(ERE), folder.resolve("sample-00000.erae"));
    assertEquals("ere", TestArchives.open(renamed).kind());
    Path bare = Files.copy(TestArchives.sample(ERE), folder.resolve("blocks"));
    assertEquals("ere", TestArchives.open(bare).kind());
  }

  /** The columns of an ere file are what the records say, in whatever number and order. */
  @Test
  void partsAreToldByTheirRecords() throws IOException {
    List<ArchivedBlock> sample = first(20);
    byte[] proofs =
        TestEras.ere(sample, "receipts", "unknown", "body", "proof", "header", "difficulty");
    Path file = Files.write(folder.resolve("proofs.ere"), proofs);
    List<ArchivedBlock> blocks = TestArchives.readAll(file, 3);
    assertEquals(20, blocks.size());
    for (int i = 0; i < 20; i++) {
      assertArrayEquals(sample.get(i).encoded(), blocks.get(i).encoded());
      assertEquals(
          blocks.get(i).block().header().receiptsRoot(), Roots.receipts(blocks.get(i).receipts()));
      assertNotNull(blocks.get(i).totalDifficulty());
    }
    Path bare = Files.write(folder.resolve("bare.ere"), TestEras.ere(sample, "body", "header"));
    for (ArchivedBlock block : TestArchives.readAll(bare, 7)) {
      assertNull(block.receipts());
      assertNull(block.totalDifficulty());
    }
  }

  /** Blocks from before the merge give an ere file an accumulator, as they give era1 files. */
  @Test
  void ereFilesHaveAccumulatorsToo() throws IOException {
    List<ArchivedBlock> mainnet =
        TestArchives.read(
                TestArchives.open(TestArchives.fixture("era1/mainnet-00000-5ec1ffb8.era1")), 1000)
            .subList(0, 100);
    Path file =
        Files.write(
            folder.resolve("mainnet.ere"),
            TestEras.ere(mainnet, "header", "body", "receipts", "difficulty"));
    List<ArchivedBlock> blocks = TestArchives.readAll(file, 30);
    assertEquals(100, blocks.size());
    assertEquals(mainnet.get(99).totalDifficulty(), blocks.get(99).totalDifficulty());
  }

  @Test
  void filesOfAFolderAreOneChain() throws IOException {
    List<ArchivedBlock> sample = first(30);
    Files.write(folder.resolve("a.ere"), TestEras.ere(sample.subList(0, 10), "header", "body"));
    Files.write(folder.resolve("b.ere"), TestEras.ere(sample.subList(10, 30), "header", "body"));
    BlockSource source = TestArchives.open(folder);
    assertEquals(List.of(new BlockRange(0, 29)), source.ranges());
    assertEquals(30, TestArchives.read(source, 8).size());
  }

  @Test
  void anAccumulatorWithoutDifficultiesIsNoted() throws IOException {
    E2StoreWriter file = new E2StoreWriter();
    file.add(EraRecord.VERSION, new byte[0]);
    ArchivedBlock block = first(1).get(0);
    long header = file.addPacked(EraRecord.HEADER, block.block().header().encoded());
    long body = file.addPacked(EraRecord.BODY, block.block().encodedBody());
    file.add(EraRecord.ACCUMULATOR, block.hash().toBytes());
    Path path = folder.resolve("unchecked.ere");
    Files.write(path, file.end(0, List.of(new long[] {header, body})));
    FileFacts facts = TestArchives.open(path).facts().get(0);
    assertEquals(List.of("header", "body"), facts.parts());
    assertEquals(block.hash(), facts.accumulator());
    assertEquals(
        path
            + ": its accumulator "
            + block.hash()
            + " is not checked: the file has no total"
            + " difficulties, over which it is",
        facts.note().replaceFirst("^file:", ""));
    Files.write(path, TestEras.ere(first(3), "header", "body", "difficulty"));
    assertNull(TestArchives.open(path).facts().get(0).note());
  }

  static List<ArchivedBlock> first(int count) {
    List<ArchivedBlock> blocks = new ArrayList<>();
    TestArchives.open(TestArchives.sample(ERE))
        .splits(new BlockRange(0, count - 1), count)
        .forEach(split -> split.read().forEachRemaining(blocks::add));
    return blocks;
  }
}
