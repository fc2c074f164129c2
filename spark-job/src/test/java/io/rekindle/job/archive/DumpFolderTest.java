package io.rekindle.job.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rekindle.evm.chain.Roots;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DumpFolderTest {
  @TempDir Path folder;

  @Test
  void readsMainnetBlocks() throws IOException {
    BlockSource source = TestArchives.open(TestArchives.fixture("mainnet-blocks"));
    assertEquals("dump", source.kind());
    assertEquals(39, source.ranges().size());
    List<ArchivedBlock> blocks = TestArchives.read(source, 5);
    assertEquals(41, blocks.size());
    int hashes = 0;
    for (ArchivedBlock block : blocks) {
      assertEquals(
          block.block().header().transactionsRoot(),
          Roots.transactions(block.block().transactions()));
      hashes += block.companions().readBlockHashes().size();
      assertNotNull(Json.MAPPER.readTree(block.companions().prestate().openUnpacked()));
    }
    assertTrue(hashes >= 12);
    assertEquals(10_724, blocks.stream().mapToInt(b -> b.block().transactions().size()).sum());
    assertEquals(3, blocks.stream().mapToInt(ArchivedBlock::missingOmmers).sum());
  }

  @Test
  void seesWhatIsWrong() throws IOException {
    String block = mainnetBlock();
    assertFailure(block.replace("\"gasUsed\":\"0x140711\"", "\"gasUsed\":\"0x140712\""), "hash: ");
    assertFailure(block.replaceFirst("\"value\":\"0x", "\"value\":\"0x1"), "transactionsRoot: ");
    assertFailure(block.substring(0, block.length() / 2), "no JSON");
    assertFailure(block.replace("\"miner\"", "\"minor\""), "miner: missing");
    assertFailure("{}", "missing");
    assertFailure("", "truncated");
    assertFailure(block.replace("0x28d138", "0x28d139"), "hash: ");
  }

  @Test
  void aFolderHoldsTheBlockOfItsName() throws IOException {
    Path renamed = Files.createDirectories(folder.resolve("2675001"));
    Files.writeString(renamed.resolve("block.json"), mainnetBlock());
    ArchiveException e =
        assertThrows(ArchiveException.class, () -> TestArchives.readAll(folder, 1));
    assertTrue(e.getMessage().contains("block 2675000 in the folder of block 2675001"));
  }

  private void assertFailure(String json, String message) throws IOException {
    Path block = Files.createDirectories(folder.resolve("2675000"));
    Files.writeString(block.resolve("block.json"), json);
    ArchiveException e =
        assertThrows(ArchiveException.class, () -> TestArchives.readAll(folder, 1));
    assertTrue(e.getMessage().contains("2675000/block.json: "), e.getMessage());
    assertTrue(e.getMessage().contains(message), e.getMessage());
    assertEquals(1, e.getMessage().lines().count(), e.getMessage());
  }

  private static String mainnetBlock() throws IOException {
    byte[] packed =
        Files.readAllBytes(TestArchives.fixture("mainnet-blocks/2675000/block.json.gz"));
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
