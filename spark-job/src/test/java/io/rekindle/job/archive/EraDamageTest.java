package io.rekindle.job.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rekindle.evm.chain.Receipt;
import io.rekindle.evm.crypto.Sha2;
import io.rekindle.job.archive.E2StoreWriter.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged era1 and ere files: each is one line that names the file and the place in it. */
class EraDamageTest {
  private static final String[] ALL = {"header", "body", "receipts", "difficulty"};

  @TempDir Path folder;

  @Test
  void truncatedAnywhere() throws IOException {
    byte[] ere = TestEras.ere(EraFileTest.first(60), ALL);
    Random random = new Random(1);
    for (int i = 0; i < 50; i++) {
      assertDamage(Arrays.copyOf(ere, 8 + random.nextInt(ere.length - 8)), "truncated");
    }
    assertDamage(Arrays.copyOf(ere, ere.length - 1), "truncated");
    assertDamage(Arrays.copyOf(ere, 5), "no archive");
  }

  @Test
  void aFlippedBitAnywhereInAnEreFile() throws IOException {
    assertEveryFlipIsSeen(TestEras.ere(EraFileTest.first(40), ALL), 300);
  }

  @Test
  void aFlippedBitInEachKindOfRecordOfAnEra1File() throws IOException {
    byte[] era1 = Files.readAllBytes(TestArchives.fixture("era1/sepolia-00021-b8814b14.era1"));
    List<Entry> records = E2StoreWriter.records(era1);
    Random random = new Random(3);
    List<Entry> chosen = new ArrayList<>();
    for (int component = 1; component <= 4; component++) {
      chosen.add(records.get(4 * 4711 + component));
    }
    chosen.add(records.get(records.size() - 2));
    chosen.add(records.get(records.size() - 1));
    for (Entry record : chosen) {
      byte[] flipped = era1.clone();
      int at = (int) record.offset() + 8 + random.nextInt(Math.min(32, record.data().length));
      flipped[at] ^= (byte) (1 << random.nextInt(8));
      assertDamage(flipped, "");
    }
  }

  @Test
  void aWrongAccumulator() throws IOException {
    byte[] era1 = Files.readAllBytes(TestArchives.fixture("era1/mainnet-00000-5ec1ffb8.era1"));
    List<Entry> records = E2StoreWriter.records(era1);
    Entry accumulator = records.get(records.size() - 2);
    assertEquals(EraRecord.ACCUMULATOR.type(), accumulator.type());
    byte[] wrong = era1.clone();
    wrong[(int) accumulator.offset() + 8] ^= 1;
    assertDamage(wrong, "accumulator: the file says 0x5f");
    byte[] none = era1.clone();
    none[(int) accumulator.offset()] = 0x55;
    assertDamage(none, "accumulator, byte 3825737: an accumulator expected");
    byte[] difficulty = era1.clone();
    difficulty[(int) records.get(4 * 100).offset() + 8] ^= 1;
    assertDamage(difficulty, "block 99: total difficulty: the file says ");
  }

  @Test
  void aWrongChecksum() throws IOException {
    byte[] ere = TestEras.ere(EraFileTest.first(5), "header", "body");
    String right = "0x" + sha256(ere);
    Files.writeString(folder.resolve("checksums.txt"), "0x" + "ab".repeat(32) + "\n" + right);
    assertEquals(5, TestArchives.readAll(write(ere), 2).size());
    Files.writeString(folder.resolve("checksums.txt"), "0x" + "ab".repeat(32) + "\n");
    assertDamage(ere, "checksum: the file's SHA-256 is " + sha256(ere) + ", checksums.txt says ab");
    String named = "ab".repeat(32) + "  damaged.ere\n" + right + "  other.ere\n";
    Files.writeString(folder.resolve("checksums.txt"), named);
    assertDamage(ere, "checksum: the file's SHA-256");
    Files.writeString(folder.resolve("checksums.txt"), sha256(ere) + " *./damaged.ere\n");
    assertEquals(5, TestArchives.readAll(write(ere), 2).size());
    Files.writeString(folder.resolve("checksums.txt"), "\nhello\n");
    Path file = write(ere);
    ArchiveException e = assertThrows(ArchiveException.class, () -> TestArchives.readAll(file, 9));
    assertTrue(e.getMessage().endsWith("checksums.txt: line 2: no SHA-256: hello"));
  }

  @Test
  void blocksThatDoNotFollow() throws IOException {
    List<ArchivedBlock> blocks = EraFileTest.first(6);
    List<ArchivedBlock> gap = new ArrayList<>(blocks);
    gap.remove(3);
    assertDamage(TestEras.ere(gap, ALL), "block 3: number: block 4 stands in its place");
    List<ArchivedBlock> twice = new ArrayList<>(blocks);
    twice.add(2, blocks.get(1));
    assertDamage(TestEras.ere(twice, ALL), "block 2: number: block 1 stands in its place");
  }

  @Test
  void aBlockOfAnotherChain() throws IOException {
    List<ArchivedBlock> blocks = new ArrayList<>(EraFileTest.first(6));
    blocks.set(3, RlpFileTest.withOtherTime(blocks.get(3)));
    assertDamage(TestEras.ere(blocks, "body", "header"), "block 4: parentHash: ");
    byte[] file = TestEras.ere(blocks, "body", "header");
    for (int blocksPerSplit = 1; blocksPerSplit < 6; blocksPerSplit++) {
      Path path = write(file);
      int size = blocksPerSplit;
      assertThrows(ArchiveException.class, () -> TestArchives.readAll(path, size));
    }
  }

  @Test
  void anIndexThatLies() throws IOException {
    byte[] ere = TestEras.ere(EraFileTest.first(6), "header", "body");
    List<Entry> records = E2StoreWriter.records(ere);
    int index = (int) records.get(records.size() - 1).offset();
    int third = index + 8 + 8 + 2 * 16;
    byte[] out = ere.clone();
    out[third + 7] = 0;
    assertDamage(out, "block 2, byte " + third + ": the block index points out of the file");
    byte[] other = ere.clone();
    System.arraycopy(ere, third + 8, other, third, 8);
    assertDamage(other, "a header expected, record type 0x0003, found 0x0004");
    assertDamage(
        TestEras.ere(EraFileTest.first(3), "header", "receipts"), "it points to no bodies");
  }

  @Test
  void garbageInTheRightFrames() throws IOException {
    E2StoreWriter file = new E2StoreWriter();
    file.add(EraRecord.VERSION, new byte[0]);
    long header = file.addPacked(EraRecord.HEADER, new byte[] {(byte) 0xc1, 1});
    long body = file.addPacked(EraRecord.BODY, new byte[] {(byte) 0xc0});
    assertDamage(file.end(7, List.of(new long[] {header, body})), "block 7: header: parentHash");
  }

  @Test
  void aFolderDoesNotPassOverADamagedFile() throws IOException {
    byte[] ere = TestEras.ere(EraFileTest.first(10), "header", "body");
    Files.write(folder.resolve("a.ere"), ere);
    ere[0] ^= 1;
    Files.write(folder.resolve("b.ere"), ere);
    ArchiveException e = assertThrows(ArchiveException.class, () -> TestArchives.open(folder));
    assertTrue(e.getMessage().contains("b.ere: byte 0: damaged"), e.getMessage());
  }

  private void assertEveryFlipIsSeen(byte[] file, int flips) throws IOException {
    List<String> whole = contents(write(file));
    int seen = 0;
    Random random = new Random(2);
    for (int i = 0; i < flips; i++) {
      byte[] flipped = file.clone();
      int at = random.nextInt(file.length);
      flipped[at] ^= (byte) (1 << random.nextInt(8));
      Path damaged = write(flipped);
      List<String> read;
      try {
        read = contents(damaged);
      } catch (ArchiveException e) {
        assertTrue(e.getMessage().contains("damaged.ere: "), e.getMessage());
        seen++;
        continue;
      }
      // Snappy can say the same in two ways: such a flip changes nothing that is read.
      assertEquals(whole, read, "byte " + at + " flipped");
    }
    assertTrue(seen > flips * 9 / 10, seen + " of " + flips + " seen");
  }

  private static List<String> contents(Path file) throws IOException {
    List<ArchivedBlock> blocks = TestArchives.readAll(file, 10);
    List<String> contents = new ArrayList<>();
    for (ArchivedBlock block : blocks) {
      contents.add(sha256(block.block().encoded()) + sha256(Receipt.encodeList(block.receipts())));
    }
    return contents;
  }

  private Path write(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("damaged.ere"), bytes);
  }

  private void assertDamage(byte[] bytes, String message) throws IOException {
    Path file = write(bytes);
    ArchiveException e =
        assertThrows(ArchiveException.class, () -> readReceipts(TestArchives.readAll(file, 10)));
    assertTrue(e.getMessage().contains("damaged.ere: "), e.getMessage());
    assertTrue(e.getMessage().contains(message), e.getMessage());
    assertEquals(1, e.getMessage().lines().count(), e.getMessage());
  }

  private static void readReceipts(List<ArchivedBlock> blocks) {
    blocks.forEach(ArchivedBlock::receipts);
  }

  private static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(Sha2.sha256(bytes));
  }
}
