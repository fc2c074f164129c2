package io.rekindle.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rekindle.evm.chain.Block;
import io.rekindle.evm.chain.Transaction;
import io.rekindle.job.archive.ArchivedBlock;
import io.rekindle.job.archive.Archives;
import io.rekindle.job.archive.BlockSource.BlockRange;
import io.rekindle.job.archive.BlockSplit;
import io.rekindle.job.archive.TestArchives;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Bad input to {@code reexecute}: one line that names file and place, exit code 2, and no rows,
 * also where only an executor sees what is wrong.
 */
class BadInputTest {
  private static final String GENESIS = TestArchives.sample("genesis.json").toString();
  private static final String DUMP = "15537393";

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int reexecute(String... options) {
    List<String> arguments = new ArrayList<>(List.of("reexecute", "--master", "local[2]"));
    arguments.addAll(Arrays.asList(options));
    return Rekindle.run(
        new PrintWriter(out, true), new PrintWriter(err, true), arguments.toArray(String[]::new));
  }

  /** Runs over an archive of the sample chain, or of what is left of it. */
  private void assertRefused(Path archive, String... parts) throws IOException {
    Path tables = folder.resolve("tables");
    assertEquals(
        2,
        reexecute("--archive", archive.toString(), "--chain", GENESIS, "--out", tables.toString()),
        err::toString);
    assertOneLine(parts);
    assertTrue(err.toString().contains(archive.getFileName().toString()), err::toString);
    if (Files.exists(tables)) {
      try (Stream<Path> files = Files.walk(tables)) {
        assertEquals(List.of(), files.filter(f -> f.toString().endsWith(".parquet")).toList());
      }
    }
  }

  private void assertOneLine(String... parts) {
    assertEquals(1, err.toString().lines().count(), err::toString);
    assertTrue(err.toString().startsWith("rekindle reexecute: "), err::toString);
    for (String part : parts) {
      assertTrue(err.toString().contains(part), () -> part + " is not in " + err);
    }
    assertFalse(err.toString().contains("Exception"), err::toString);
  }

  private Path write(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes);
  }

  private static List<byte[]> sample(int count) {
    List<byte[]> blocks = new ArrayList<>();
    for (BlockSplit split :
        Archives.open(TestArchives.sample("chain.rlp.gz").toString(), new Configuration())
            .splits(new BlockRange(0, count - 1), count)) {
      for (Iterator<ArchivedBlock> it = split.read(); it.hasNext(); ) {
        blocks.add(it.next().encoded());
      }
    }
    return blocks;
  }

  private static byte[] joined(List<byte[]> blocks) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (byte[] block : blocks) {
      bytes.write(block);
    }
    return bytes.toByteArray();
  }

  // ---------------------------------------------------------------- archives

  @Test
  void aTruncatedExport() throws IOException {
    byte[] bytes = joined(sample(5));
    assertRefused(write("cut.rlp", Arrays.copyOf(bytes, bytes.length - 7)), "truncated");
  }

  @Test
  void garbage() throws IOException {
    byte[] bytes = new byte[1000];
    new Random(1).nextBytes(bytes);
    bytes[0] = (byte) 0xf9;
    assertRefused(write("noise.rlp", bytes), "noise.rlp: byte ");
    err.getBuffer().setLength(0);
    assertRefused(write("text.txt", new byte[] {'h', 'i'}), "no archive");
    err.getBuffer().setLength(0);
    assertRefused(
        write("cut.parquet", new byte[] {'P', 'A', 'R', '1', 0, 0, 0}), "damaged: its end is not");
  }

  @Test
  void aGapInTheNumbers() throws IOException {
    List<byte[]> blocks = sample(6);
    blocks.remove(3);
    assertRefused(write("gap.rlp", joined(blocks)), "block 4: it follows block 2: a gap");
  }

  /** The hash of block 2 is another one when a byte of its extra data, signed by nobody, is. */
  @Test
  void aWrongParentHash() throws IOException {
    List<byte[]> blocks = sample(5);
    byte[] altered = blocks.get(2);
    // The state root follows prefix, parent, ommers and author: 3 + 3 + 33 + 33 + 21 + 1 bytes.
    altered[100] ^= 1;
    assertRefused(write("parent.rlp", joined(blocks)), "block 3: parentHash: ");
  }

  /** Only the task that unpacks the body sees it. */
  @Test
  void aFlippedBitThatAnExecutorFinds() throws IOException {
    byte[] bytes = Files.readAllBytes(TestArchives.sample("rekindle-00000-03b433ea-noproofs.ere"));
    bytes[bytes.length / 3] ^= 4;
    assertRefused(write("flipped.ere", bytes), "flipped.ere: block ", "damaged snappy frames");
  }

  @Test
  void aTruncatedEreFile() throws IOException {
    byte[] bytes = Files.readAllBytes(TestArchives.sample("rekindle-00000-03b433ea-noproofs.ere"));
    assertRefused(write("cut.ere", Arrays.copyOf(bytes, bytes.length / 2)), "truncated");
  }

  /** The first task that reads of a file holds it against its accumulator. */
  @Test
  void aWrongAccumulator() throws IOException {
    byte[] bytes = Files.readAllBytes(TestArchives.fixture("era1/mainnet-00000-5ec1ffb8.era1"));
    // In front of the index: 8,192 offsets, start, count and prefix.
    bytes[bytes.length - 8 * (8192 + 2) - 8 - 1] ^= 1;
    assertRefused(write("root.era1", bytes), "root.era1: accumulator: the file says 0x5e");
  }

  // ---------------------------------------------------------------- chains, paths, options

  @Test
  void anotherChain() {
    String genesis = TestArchives.fixture("genesis/sepolia.json").toString();
    String archive = TestArchives.sample("chain.rlp.gz").toString();
    assertEquals(2, reexecute("--archive", archive, "--chain", genesis));
    assertOneLine("block 1: parentHash: expected 0x25a5cc10");
    for (String none : List.of("ropsten", folder.toString(), folder + "/none.json")) {
      err.getBuffer().setLength(0);
      assertEquals(2, reexecute("--archive", archive, "--chain", none));
      assertOneLine("--chain " + none + ": neither mainnet, sepolia, hoodi nor a genesis file");
    }
  }

  @Test
  void aGenesisFileThatIsNone() throws IOException {
    String archive = TestArchives.sample("chain.rlp.gz").toString();
    String dump = TestArchives.sample("head.json").toString();
    assertEquals(2, reexecute("--archive", archive, "--chain", dump));
    assertOneLine("head.json: no genesis file: config: missing");
    err.getBuffer().setLength(0);
    Path text = write("text.json", new byte[] {'h', 'i'});
    assertEquals(2, reexecute("--archive", archive, "--chain", text.toString()));
    assertOneLine("text.json: no genesis file: document: no JSON");
  }

  /** What is asked for and not there is not passed over. */
  @ParameterizedTest
  @CsvSource({"1, 401, 401", "395, 900, 395", "0, 0, genesis"})
  void blocksThatAreNotThere(String from, String to, String part) throws IOException {
    byte[] bytes = joined(sample(6));
    Path tables = folder.resolve("tables");
    String archive =
        from.equals("395")
            ? write("short.rlp", bytes).toString()
            : TestArchives.sample("chain.rlp.gz").toString();
    assertEquals(
        2,
        reexecute(
            "--archive",
            archive,
            "--chain",
            GENESIS,
            "--from",
            from,
            "--to",
            to,
            "--out",
            tables.toString()));
    assertOneLine(part);
    assertFalse(Files.exists(tables));
  }

  /** A gap between files is seen before anything is executed. */
  @Test
  void aGapBetweenFiles() throws IOException {
    List<byte[]> blocks = sample(9);
    Path archive = Files.createDirectory(folder.resolve("archive"));
    Files.write(archive.resolve("a.rlp"), joined(blocks.subList(0, 4)));
    Files.write(archive.resolve("b.rlp"), joined(blocks.subList(5, 9)));
    assertRefused(archive, "block 4: the archive does not hold it, and no state leads over a gap");
  }

  /** Its sender is null from the reading of the block on; only validation may say so. */
  @Test
  void aSignatureOfNobody() throws IOException {
    List<byte[]> blocks = sample(6);
    Transaction signed = Block.decode(blocks.get(5)).transactions().get(2);
    byte[] altered = blocks.get(5);
    int at = indexOf(altered, signed.r().toBytes());
    Arrays.fill(altered, at, at + 32, (byte) 0xff);
    String archive = write("nobody.rlp", joined(blocks)).toString();
    assertEquals(3, reexecute("--archive", archive, "--chain", GENESIS), err::toString);
    String text = out.toString();
    assertTrue(
        text.contains("block 5: UNIT_VALID fails: expected valid, actual transaction 2"), text);
    assertTrue(text.contains("INVALID_SIGNATURE, no sender can be recovered"), text);
    assertEquals(
        2,
        Rekindle.run(
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            "plan",
            "--archive",
            archive,
            "--chain",
            GENESIS));
    assertTrue(err.toString().contains("nobody.rlp: block 5: gasUsed: "), err::toString);
  }

  private static int indexOf(byte[] bytes, byte[] part) {
    for (int at = 0; at + part.length <= bytes.length; at++) {
      if (Arrays.equals(bytes, at, at + part.length, part, 0, part.length)) {
        return at;
      }
    }
    throw new IllegalStateException("not found");
  }

  @ParameterizedTest
  @CsvSource({"spork, Could not parse Master URL", "local[0], 0 threads"})
  void aMasterThatIsNone(String master, String part) {
    PrintWriter errors = new PrintWriter(err, true);
    String run =
        "reexecute --archive " + TestArchives.sample("chain.rlp.gz") + " --chain " + GENESIS;
    for (String command : List.of(run, "compact --out " + folder)) {
      err.getBuffer().setLength(0);
      List<String> arguments = new ArrayList<>(Arrays.asList(command.split(" ", -1)));
      arguments.addAll(List.of("--master", master));
      assertEquals(
          2, Rekindle.run(new PrintWriter(out, true), errors, arguments.toArray(String[]::new)));
      assertEquals(1, err.toString().lines().count(), err::toString);
      assertTrue(err.toString().contains("on --master " + master + ": "), err::toString);
      assertTrue(err.toString().contains(part), err::toString);
    }
  }

  @Test
  void absentFiles() {
    String archive = TestArchives.sample("chain.rlp.gz").toString();
    assertEquals(2, reexecute("--archive", folder.resolve("none.ere").toString()));
    assertOneLine("none.ere: there is no such file or folder");
    err.getBuffer().setLength(0);
    assertEquals(2, reexecute("--archive", archive, "--state", folder + "/none"));
    assertOneLine("none: there is no such file or folder");
  }

  @ParameterizedTest
  @CsvSource({
    "--from 9 --to 5, --from",
    "--from 1000, 1000",
    "--from x, --from",
    "--window-gas 0, --window-gas",
    "--group-blocks -1, --group-blocks",
    "--strategy none, none",
    "--tables uncles, uncles",
    "--on-mismatch shrug, --on-mismatch",
    "--colour red, --colour"
  })
  void absurdOptions(String options, String part) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("--archive", TestArchives.sample("chain.rlp.gz").toString()));
    arguments.addAll(List.of("--chain", GENESIS));
    arguments.addAll(List.of("--out", folder.resolve("tables").toString()));
    arguments.addAll(Arrays.asList(options.split(" ", -1)));
    assertEquals(2, reexecute(arguments.toArray(String[]::new)), err::toString);
    assertEquals(1, err.toString().lines().count(), err::toString);
    assertTrue(err.toString().contains(part), err::toString);
  }

  // ---------------------------------------------------------------- prestates

  /** A copy of a block's dump with another prestate. */
  private Path dump(Consumer<ObjectNode> change) throws IOException {
    Path fixture = TestArchives.fixture("mainnet-blocks/" + DUMP);
    Path dump = Files.createDirectories(folder.resolve("dumps/" + DUMP));
    Files.copy(fixture.resolve("block.json.gz"), dump.resolve("block.json.gz"));
    ObjectMapper mapper = new ObjectMapper();
    try (InputStream in =
            new GZIPInputStream(Files.newInputStream(fixture.resolve("prestate.json.gz")));
        OutputStream to =
            new GZIPOutputStream(Files.newOutputStream(dump.resolve("prestate.json.gz")))) {
      ObjectNode prestate = (ObjectNode) mapper.readTree(in);
      change.accept(prestate);
      to.write(mapper.writeValueAsBytes(prestate));
    }
    return dump.getParent();
  }

  private static ObjectNode contract(ObjectNode prestate) {
    return (ObjectNode) prestate.get(CONTRACT);
  }

  /** What the block's only transaction calls. */
  private static final String CONTRACT = "0x76d31201ae2acedcdfecd304cf955c3ca08a222d";

  @Test
  void anAccountThatWasTakenAway() throws IOException {
    Path dump = dump(prestate -> prestate.remove(CONTRACT));
    assertEquals(3, reexecute("--archive", dump.toString()), err::toString);
    String text = out.toString();
    assertTrue(text.contains("block " + DUMP + ": GAS_USED fails: expected "), text);
    assertTrue(text.contains("taken not to exist: block " + DUMP + " account " + CONTRACT), text);
    assertEquals(2, reexecute("--archive", dump.toString(), "--strict"));
    assertOneLine(
        "block " + DUMP + ": prestate: the state does not hold account " + CONTRACT,
        "which transaction 0 of block " + DUMP + " reads");
    err.getBuffer().setLength(0);
    PrintWriter errors = new PrintWriter(err, true);
    assertEquals(
        2, Rekindle.run(new PrintWriter(out, true), errors, "plan", "--archive", dump.toString()));
    assertEquals(1, err.toString().lines().count(), err::toString);
    assertTrue(err.toString().contains(DUMP + ": gasUsed: the header says "), err::toString);
  }

  @Test
  void slotsThatWereTakenAway() throws IOException {
    Path dump = dump(prestate -> contract(prestate).remove("storage"));
    assertEquals(3, reexecute("--archive", dump.toString()), err::toString);
    assertTrue(out.toString().contains("fails: expected "), out::toString);
    assertTrue(out.toString().contains(" of account " + CONTRACT), out::toString);
    assertEquals(2, reexecute("--archive", dump.toString(), "--strict"));
    assertOneLine("prestate: the state does not hold slot ", " of account " + CONTRACT);
  }

  @Test
  void aWholePrestatePassesStrictly() throws IOException {
    Path dump = dump(prestate -> {});
    assertEquals(0, reexecute("--archive", dump.toString(), "--strict"), err::toString);
    assertTrue(out.toString().startsWith("1 blocks, 1 transactions"), out::toString);
  }

  /** An export starts with the genesis, which has no state before it, and is not executed. */
  @Test
  void prestatesBesideAnExport() throws IOException {
    Path states = Files.createDirectory(folder.resolve("states"));
    Files.writeString(states.resolve("1.json"), "{}");
    String archive = TestArchives.sample("chain.rlp.gz").toString();
    assertEquals(
        2,
        reexecute(
            "--archive",
            archive,
            "--chain",
            GENESIS,
            "--state",
            states.toString(),
            "--to",
            "1",
            "--strict"));
    assertOneLine("block 1: prestate: the state does not hold account");
  }

  @Test
  void aPrestateThatIsNone() throws IOException {
    Path dump = dump(prestate -> prestate.put("0x12", 5));
    assertEquals(2, reexecute("--archive", dump.toString()));
    assertOneLine("prestate.json.gz: account 0x12");
  }
}
