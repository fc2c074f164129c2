package io.rekindle.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rekindle.job.archive.TestArchives;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code inspect} says of archives of each kind. */
class InspectCommandTest {
  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int inspect(Path archive, String... options) {
    String[] arguments =
        Arrays.copyOf(new String[] {"inspect", archive.toString()}, 2 + options.length);
    System.arraycopy(options, 0, arguments, 2, options.length);
    return Rekindle.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }

  private void assertSays(String... lines) {
    String text = out.toString().replaceAll(" +", " ");
    for (String line : lines) {
      assertTrue(text.contains(line), () -> line + "\nis not in\n" + text);
    }
  }

  /** No state is public for these blocks: the file's own roots are what can be checked. */
  @Test
  void listsOfSepoliaBlocksHaveTheRootsOfTheirHeaders() {
    Path file = TestArchives.fixture("era1/sepolia-00021-b8814b14.era1");
    assertEquals(0, inspect(file, "--verify"), err::toString);
    assertSays(
        ": era1",
        "blocks 8,192: 172032 to 180223",
        "chain sepolia, by signatures, chain id 11155111",
        "transactions 93: 28 of type 0, 65 of type 2",
        "receipts 93, with 0 logs",
        "accumulator holds: 0xb8814b14",
        "49,152 checks passed, 0 failed");
  }

  @Test
  void mainnetIsKnownByItsFirstBlock() {
    assertEquals(0, inspect(TestArchives.fixture("era1/mainnet-00000-5ec1ffb8.era1")));
    assertSays("chain mainnet, by block 0", "ommers 1,410", "accumulator holds: 0x5ec1ffb8");
    assertFalse(out.toString().contains("checks passed"), out::toString);
  }

  @Test
  void theSampleAsEre() {
    assertEquals(
        0, inspect(TestArchives.sample("rekindle-00000-03b433ea-noproofs.ere"), "--verify"));
    assertSays(
        ": ere",
        "transactions 31,278:",
        "receipts 31,278, with 48,202 logs",
        "checksums checksums.txt lies beside 1 of 1 files",
        "2,406 checks passed, 0 failed");
  }

  @Test
  void jsonSaysTheSame() throws IOException {
    assertEquals(0, inspect(TestArchives.sample("chain.rlp.gz"), "--json"));
    JsonNode json = new ObjectMapper().readTree(out.toString());
    assertEquals("rlp", json.get("kind").asText());
    assertEquals(400, json.at("/ranges/0/last").asInt());
    assertEquals(31_278, json.get("transactions").asInt());
    assertEquals(73_546_353, json.at("/chain_ids/0").asInt());
    assertTrue(json.get("receipts").isNull());
  }

  @Test
  void dumpsHaveGapsAndPrestates() {
    assertEquals(0, inspect(TestArchives.fixture("mainnet-blocks"), "--verify"));
    assertSays(
        "transactions 10,724:",
        "gaps 116526 to 930195,",
        "prestates of 41 blocks",
        "3 ommers are named by their hashes only",
        " 0 failed");
  }

  @Test
  void damageIsOneLineWithItsPlace() throws IOException {
    byte[] bytes = Files.readAllBytes(TestArchives.sample("rekindle-00000-03b433ea-noproofs.ere"));
    bytes[bytes.length / 2] ^= 1;
    Path file = Files.write(folder.resolve("flipped.ere"), bytes);
    assertEquals(2, inspect(file, "--verify"));
    assertEquals(1, err.toString().lines().count(), err::toString);
    assertTrue(
        err.toString().matches("(?s)rekindle inspect: .*flipped.ere: block [0-9]+.*"),
        err::toString);
    assertEquals("", out.toString());
  }

  @Test
  void anAbsentArchiveIsOneLine() {
    assertEquals(2, inspect(folder.resolve("absent.ere")));
    assertTrue(
        err.toString().contains("absent.ere: there is no such file or folder"), err::toString);
  }
}
