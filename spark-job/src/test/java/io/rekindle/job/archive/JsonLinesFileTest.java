package io.rekindle.job.archive;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Blocks of mainnet, two that follow each other, as lines of JSON. */
class JsonLinesFileTest {
  private static final String FIRST = "4369999";
  private static final String SECOND = "4370000";

  @TempDir private Path folder;

  private static ObjectNode block(String number) throws IOException {
    Path file = TestArchives.fixture("mainnet-blocks/" + number + "/block.json.gz");
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      JsonNode tree = Json.MAPPER.readTree(in);
      return (ObjectNode) (tree.has("result") ? tree.get("result") : tree);
    }
  }

  private static byte[] lines(Object... lines) {
    StringBuilder text = new StringBuilder();
    for (Object line : lines) {
      text.append(line).append('\n');
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void readsTheSameBlocksAsFromDumps() throws IOException {
    byte[] text = lines(block(FIRST), "", block(SECOND));
    Path plain = Files.write(folder.resolve("blocks.jsonl"), text);
    Path packed = folder.resolve("blocks.jsonl.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write(text);
    }
    for (Path file : List.of(plain, packed)) {
      assertEquals("jsonl", TestArchives.open(file).kind());
      for (int blocksPerSplit = 1; blocksPerSplit <= 2; blocksPerSplit++) {
        List<ArchivedBlock> read = TestArchives.readAll(file, blocksPerSplit);
        assertEquals(2, read.size());
        for (ArchivedBlock block : read) {
          Path dump = TestArchives.fixture("mainnet-blocks/" + block.number());
          assertArrayEquals(TestArchives.readAll(dump, 1).get(0).encoded(), block.encoded());
        }
      }
    }
  }

  @Test
  void findsThemInAFolderByTheirName() throws IOException {
    Files.write(folder.resolve("head.json"), lines(block(SECOND)));
    Files.write(folder.resolve("a.jsonl"), lines(block(FIRST)));
    assertEquals(1, TestArchives.open(folder).ranges().size());
    assertEquals(4_369_999, TestArchives.open(folder).ranges().get(0).last());
  }

  @Test
  void namesDamage() throws IOException {
    assertDamage("block 4369999: it follows block 4370000: a gap", block(SECOND), block(FIRST));
    assertDamage(
        "block 4370000: parentHash: 0x" + "12".repeat(32),
        block(FIRST),
        block(SECOND).put("parentHash", "0x" + "12".repeat(32)));
    assertDamage("block 4369999: hash: ", block(FIRST).put("gasUsed", "0x1"));
    String line = block(FIRST).toString();
    assertDamage("byte " + (line.length() + 1) + ": no JSON: ", line, "{\"number\": ]");
    assertDamage("no JSON: ", line, line.substring(0, 1000));
    assertDamage("no archive", "{\"number\": 1}");
  }

  private void assertDamage(String message, Object... lines) throws IOException {
    Path file = Files.write(folder.resolve("blocks.json"), lines(lines));
    ArchiveException e = assertThrows(ArchiveException.class, () -> TestArchives.readAll(file, 5));
    assertTrue(e.getMessage().contains("blocks.json: "), e.getMessage());
    assertTrue(e.getMessage().contains(message), e.getMessage());
    assertEquals(1, e.getMessage().lines().count());
  }
}
