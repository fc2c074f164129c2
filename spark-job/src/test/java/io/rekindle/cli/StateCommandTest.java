package io.rekindle.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code rekindle state}, from files to stores and back to the screen. */
class StateCommandTest {
  private static final String ONE = "0x0000000000000000000000000000000000000001";
  private static final String TWO = "0x0000000000000000000000000000000000000002";
  private static final String GENESIS =
      """
      {"config": {"chainId": 1}, "difficulty": "0x1", "gasLimit": "5000", "alloc": {
        "%s": {"balance": "0x10", "nonce": "0x2", "code": "0x6000", "storage": {"0x3": "0x7"}}%s}}
      """;

  @TempDir private Path folder;

  private String out;
  private String err;

  private int run(Object... arguments) {
    StringWriter outWriter = new StringWriter();
    StringWriter errWriter = new StringWriter();
    int code =
        Rekindle.run(
            new PrintWriter(outWriter, true),
            new PrintWriter(errWriter, true),
            Stream.concat(Stream.of("state"), Stream.of(arguments))
                .map(Object::toString)
                .toArray(String[]::new));
    out = outWriter.toString();
    err = errWriter.toString();
    return code;
  }

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private static Path fixture(String name) {
    Path path = Path.of(System.getProperty("rekindle.fixtures", "absent"), name);
    assumeTrue(Files.exists(path), () -> "SKIPPED: no fixture " + path);
    return path;
  }

  private Path genesis(String name, String more) throws IOException {
    Path store = folder.resolve(name);
    Path file = file(name + ".json", GENESIS.formatted(ONE, more));
    assertEquals(0, run("import", "--store", store, file), () -> err);
    return store;
  }

  private void assertOneLineOfError(String part) {
    assertEquals(1, err.lines().count(), err);
    assertTrue(err.contains(part), err);
  }

  @Test
  void aGenesisIsImportedVerifiedAndShown() throws IOException {
    Path store = genesis("store", "");
    assertTrue(out.contains("imported a genesis") && out.contains("after block 0, root 0x"), out);
    assertEquals(0, run("verify", store));
    assertTrue(out.contains("verified, 1 accounts, 1 slots and 1 codes in 1 layers"), out);
    assertEquals(0, run("show", store, ONE));
    assertTrue(
        out.matches("(?s).*balance +16\\R.*nonce +2\\R.*code bytes +2\\R.*slots +1\\R.*"), out);
    assertEquals(0, run("show", store + "@0", ONE, "0x3"));
    assertTrue(out.contains("0x" + "0".repeat(63) + "7"), out);
    assertEquals(0, run("show", store, TWO));
    assertTrue(out.matches("(?s).*exists +false\\R.*"), out);
  }

  @Test
  void jsonIsOneObjectALine() throws IOException {
    Path store = genesis("store", "");
    ObjectMapper mapper = new ObjectMapper();
    assertEquals(0, run("verify", "--json", store));
    JsonNode verified = mapper.readTree(out);
    assertTrue(verified.get("verified").asBoolean() && verified.get("complete").asBoolean());
    assertEquals(0, run("show", "--json", store, ONE, "3"));
    assertEquals("0x" + "0".repeat(63) + "7", mapper.readTree(out).get("value").asText());
    Path other = genesis("other", ", \"%s\": {\"balance\": \"5\"}".formatted(TWO));
    assertEquals(1, run("diff", "--json", store, other));
    JsonNode difference = mapper.readTree(out);
    assertEquals(TWO, difference.get("address").asText());
    assertEquals(5, difference.at("/after/balance").asInt());
    assertTrue(difference.get("before").isNull());
  }

  @Test
  void differencesAreListed() throws IOException {
    Path store = genesis("store", "");
    assertEquals(0, run("diff", store, genesis("same", "")));
    assertTrue(out.contains("the states are equal"), out);
    Path other = folder.resolve("other");
    Path file =
        file("other.json", GENESIS.replace("0x10", "17").replace("0x7", "0x8").formatted(ONE, ""));
    assertEquals(0, run("import", "--store", other, file));
    assertEquals(1, run("diff", store, other));
    assertTrue(out.contains("account " + ONE + ": balance 16 -> 17"), out);
    assertTrue(out.contains("0007 -> 0x") && out.contains("1 accounts differ"), out);
  }

  @Test
  void damageIsExitCodeThree() throws IOException {
    Path store = genesis("store", "");
    Path layer;
    try (Stream<Path> entries = Files.list(store)) {
      layer = entries.filter(Files::isDirectory).findFirst().orElseThrow();
    }
    // The account's key starts with 0x1: the partition of the nibble.
    List<Path> files;
    try (Stream<Path> entries = Files.list(layer)) {
      files =
          entries
              .filter(f -> f.toFile().length() > 100 && f.toString().contains("accounts"))
              .toList();
    }
    byte[] bytes = Files.readAllBytes(files.get(0));
    bytes[60] ^= 1;
    Files.write(files.get(0), bytes);
    assertEquals(3, run("verify", store));
    assertOneLineOfError("was altered");
    assertEquals(3, run("show", store, ONE));
    assertOneLineOfError("was altered");
  }

  @Test
  void badInputIsOneLine() throws IOException {
    Path store = genesis("store", "");
    Path genesis = folder.resolve("store.json");
    assertEquals(2, run("import", "--store", store, genesis));
    assertOneLineOfError("there is a state store");
    Path fresh = folder.resolve("fresh");
    assertEquals(2, run("import", "--store", fresh, folder.resolve("absent.json")));
    assertOneLineOfError("there is no such file");
    assertEquals(2, run("import", "--store", fresh, file("odd.json", "{\"a\": 1}")));
    assertOneLineOfError("odd.json: neither genesis");
    assertEquals(2, run("import", "--store", fresh, "--root", "0x12", genesis));
    assertOneLineOfError("--root");
    assertEquals(3, run("import", "--store", fresh, "--root", "0x" + "1".repeat(64), genesis));
    assertOneLineOfError("the state has root");
    assertEquals(2, run("verify", fresh));
    assertOneLineOfError("there is no state store");
    assertEquals(2, run("show", store + "@5", ONE));
    assertOneLineOfError("no state after block 5, only after 0");
    assertEquals(2, run("show", store, "0x12"));
    assertOneLineOfError("ADDRESS");
    assertEquals(2, run("show", store, ONE, "xyz"));
    assertOneLineOfError("SLOT");
    assertEquals(2, run());
    assertOneLineOfError("import, verify, show or diff");
  }

  @Test
  void prestateDumpsMakeAPartOfAState() throws IOException {
    Path block = fixture("mainnet-blocks/4369999");
    Path store = folder.resolve("part");
    assertEquals(0, run("import", "--store", store, block.resolve("prestate.json.gz")), () -> err);
    assertTrue(out.contains("after block 4369998, a part of it"), out);
    assertEquals(0, run("verify", store));
    assertEquals(0, run("show", store, TWO.replace("2", "d")));
    assertTrue(err.contains("not listed, taken as absent: account"), err);
  }

  @Test
  void aWitnessMakesAPartOfAState() {
    Path store = folder.resolve("witness");
    assertEquals(
        0, run("import", "--store", store, fixture("witness/22615247.json.gz")), () -> err);
    assertTrue(out.contains("after block 22615246, a part of it"), out);
    assertEquals(0, run("verify", store));
    assertEquals(0, run("show", store, "0x0000f90827f1c53a10cb7a02335b175320002935"));
    assertTrue(out.matches("(?s).*exists +true\\R.*nonce +1\\R.*code bytes +83\\R.*"), out);
    assertEquals(1, run("show", store, "0x00000000000000000000000000000000deadbeef"));
    assertOneLineOfError("partial and does not hold account");
  }

  @Test
  void aWholeDumpNeedsItsBlock() {
    Path store = folder.resolve("head");
    Path dump = fixture("chains/hive-600/headstate.json");
    assertEquals(2, run("import", "--store", store, dump));
    assertOneLineOfError("name the block");
    assertEquals(0, run("import", "--store", store, "--block", 600, dump), () -> err);
    assertTrue(out.contains("after block 600, root 0x8fcfb02c"), out);
    assertEquals(0, run("verify", store));
  }

  @Test
  void mainnetsGenesisHasItsRoot() {
    Path store = folder.resolve("mainnet");
    assertEquals(0, run("import", "--store", store, fixture("genesis/mainnet.json")), () -> err);
    assertTrue(out.contains("root 0xd7f8974fb5ac78d9"), out);
    assertEquals(0, run("verify", store));
    assertTrue(out.contains("8,893 accounts"), out);
  }
}
