package io.rekindle.job.archive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rekindle.evm.chain.Block;
import io.rekindle.evm.chain.Header;
import io.rekindle.evm.chain.Roots;
import io.rekindle.evm.rlp.RlpReader;
import io.rekindle.job.archive.BlockSource.BlockRange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RlpFileTest {
  @TempDir Path folder;

  @Test
  void readsTheSampleChainWhateverTheSplits() {
    Path chain = TestArchives.sample("chain.rlp.gz");
    BlockSource source = TestArchives.open(chain);
    assertEquals("rlp", source.kind());
    assertEquals(List.of(new BlockRange(0, 400)), source.ranges());
    List<ArchivedBlock> blocks = TestArchives.read(source, 400);
    assertEquals(31_278, blocks.stream().mapToInt(b -> b.block().transactions().size()).sum());
    assertEquals(
        "0x03b433ea472b5d8b4d0e2a936d5f8e54a67b4b2234b0ab7faed6260960b686c8",
        blocks.get(400).hash().toString());
    List<ArchivedBlock> again = TestArchives.read(source, 17);
    for (int i = 0; i <= 400; i++) {
      ArchivedBlock block = blocks.get(i);
      assertEquals(i, block.number());
      assertEquals(block.hash(), again.get(i).hash());
      assertEquals(
          block.block().header().transactionsRoot(),
          Roots.transactions(block.block().transactions()));
      assertArrayEquals(block.block().encoded(), block.encoded());
    }
  }

  @Test
  void readsHivesChain() {
    Path chain = TestArchives.fixture("chains/hive-600/chain.rlp");
    List<ArchivedBlock> blocks = TestArchives.readAll(chain, 7);
    assertEquals(603, blocks.stream().mapToInt(b -> b.block().transactions().size()).sum());
    assertEquals(600, blocks.get(blocks.size() - 1).number());
  }

  @Test
  void readsOnlyWhatIsAskedFor() {
    BlockSource source = TestArchives.open(TestArchives.sample("chain.rlp.gz"));
    List<BlockSplit> splits = source.splits(new BlockRange(101, 120), 8);
    assertEquals(List.of(101L, 109L, 117L), splits.stream().map(BlockSplit::first).toList());
    List<Long> numbers = new ArrayList<>();
    splits.forEach(s -> s.read().forEachRemaining(b -> numbers.add(b.number())));
    assertEquals(20, numbers.size());
    assertEquals(120, numbers.get(19));
  }

  @Test
  void joinsFilesOfAFolder() throws IOException {
    List<byte[]> blocks = sampleBlocks(9);
    Files.write(folder.resolve("b"), concat(blocks.subList(0, 5)));
    Files.write(folder.resolve("a"), gzip(concat(blocks.subList(5, 9))));
    BlockSource source = TestArchives.open(folder);
    assertEquals(List.of(new BlockRange(0, 8)), source.ranges());
    assertEquals(9, TestArchives.read(source, 2).size());
  }

  @Test
  void seesThatFilesDoNotBelongTogether() throws IOException {
    List<byte[]> blocks = sampleBlocks(6);
    Block third = Block.decode(blocks.get(3));
    Files.write(folder.resolve("a"), concat(blocks.subList(0, 3)));
    Files.write(folder.resolve("b"), withOtherTime(third).encoded());
    Files.write(folder.resolve("c"), blocks.get(4));
    BlockSource source = TestArchives.open(folder);
    ArchiveException e = assertThrows(ArchiveException.class, () -> TestArchives.read(source, 1));
    assertTrue(e.getMessage().contains("c: block 4: parentHash: "), e.getMessage());
  }

  @Test
  void namesTheBlockThatIsInTwoFiles() throws IOException {
    List<byte[]> blocks = sampleBlocks(6);
    Files.write(folder.resolve("a"), concat(blocks.subList(0, 4)));
    Files.write(folder.resolve("b"), concat(blocks.subList(3, 6)));
    assertFailure(folder, "b: block 3: it is also in ");
  }

  @Test
  void namesDamage() throws IOException {
    List<byte[]> blocks = sampleBlocks(6);
    byte[] whole = concat(blocks);
    assertFailure(write("short", Arrays.copyOf(whole, whole.length - 1)), "truncated");
    assertFailure(
        write("gap", concat(List.of(blocks.get(0), blocks.get(2)))), "block 2: it follows");
    Block other = withOtherTime(Block.decode(blocks.get(1)));
    assertFailure(
        write("parent", concat(List.of(blocks.get(0), other.encoded(), blocks.get(2)))),
        "block 2: parentHash: ");
    byte[] garbage = concat(List.of(blocks.get(0), new byte[] {0x12, 0x34}));
    assertFailure(write("garbage", garbage), "byte " + blocks.get(0).length + ": no RLP list");
    byte[] list = concat(List.of(blocks.get(0), new byte[] {(byte) 0xc3, (byte) 0xc2, 1, 2}));
    assertFailure(write("list", list), "byte " + blocks.get(0).length + ": parentHash");
    byte[] packed = gzip(whole);
    assertFailure(write("packed", Arrays.copyOf(packed, packed.length - 9)), "truncated");
    packed[packed.length / 2] ^= 0x10;
    assertFailure(write("flipped", packed), "flipped: ");
    assertFailure(write("text", "hello".getBytes(StandardCharsets.UTF_8)), "no archive");
    assertFailure(folder.resolve("absent"), "there is no such file");
  }

  @Test
  void namesTheFieldOfABodyThatIsGarbage() throws IOException {
    byte[] block = sampleBlocks(40).get(39);
    RlpReader outer = RlpReader.of(block).list("block");
    outer.skip("header");
    int firstTransaction = outer.list("transactions").position();
    block[firstTransaction] = 5;
    Path file = write("body", block);
    ArchiveException e = assertThrows(ArchiveException.class, () -> TestArchives.readAll(file, 10));
    assertTrue(e.getMessage().contains("block 39: transactions["), e.getMessage());
  }

  private static void assertFailure(Path path, String message) {
    ArchiveException e = assertThrows(ArchiveException.class, () -> TestArchives.open(path));
    assertTrue(e.getMessage().startsWith(path.toString()) || e.getMessage().startsWith("file:"));
    assertTrue(e.getMessage().contains(message), e.getMessage());
    assertEquals(1, e.getMessage().lines().count());
  }

  private Path write(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  static ArchivedBlock withOtherTime(ArchivedBlock block) {
    Block other = withOtherTime(block.block());
    return ArchivedBlock.of(other, other.encoded(), other.header().hash(), block.place());
  }

  private static Block withOtherTime(Block block) {
    byte[] encoded = block.header().encoded();
    RlpReader list = RlpReader.of(encoded).list("header");
    for (int fieldsBeforeTimestamp = 11; fieldsBeforeTimestamp > 0; fieldsBeforeTimestamp--) {
      list.skip("field");
    }
    encoded[list.position() + 1] ^= 1;
    return new Block(
        Header.decode(encoded), block.transactions(), block.ommers(), block.withdrawals());
  }

  private static List<byte[]> sampleBlocks(int count) {
    return TestArchives.open(TestArchives.sample("chain.rlp.gz"))
        .splits(new BlockRange(0, count - 1), count)
        .stream()
        .flatMap(
            split -> {
              List<byte[]> encoded = new ArrayList<>();
              split.read().forEachRemaining(block -> encoded.add(block.encoded()));
              return encoded.stream();
            })
        .toList();
  }

  private static byte[] concat(List<byte[]> parts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    parts.forEach(out::writeBytes);
    return out.toByteArray();
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }
}
