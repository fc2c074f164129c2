package io.rekindle.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rekindle.evm.chain.JsonBlocks;
import io.rekindle.evm.state.Account;
import io.rekindle.evm.state.Code;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.Hex;
import io.rekindle.evm.word.UInt256;
import io.rekindle.job.archive.ArchiveException;
import io.rekindle.job.archive.TestArchives;
import io.rekindle.job.table.Table;
import io.rekindle.snapshot.Snapshot;
import io.rekindle.snapshot.StateSink;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that start from a state of each kind, in the middle of a chain or block by block. */
class StateInputTest {
  private static final long STATE_AFTER = 12;
  private static final String SAMPLE = TestArchives.sample("chain.rlp.gz").toString();
  private static final String GENESIS = TestArchives.sample("genesis.json").toString();

  @TempDir static Path folder;
  private static String store;
  private static String dump;

  /** The state after a block, by serial execution up to it, as a store and as a dump. */
  @BeforeAll
  static void makeStates() throws IOException {
    SerialStates.State after =
        SerialStates.after(Path.of(SAMPLE), Path.of(GENESIS), List.of(STATE_AFTER)).get(0);
    store = folder.resolve("store").toString();
    SerialStates.store(Path.of(store), List.of(after));
    dump = folder.resolve("dump.json").toString();
    Files.writeString(Path.of(dump), DumpText.of(after.state(), after.root()));
  }

  private static Reexecution run(String archive, String chain, String state) {
    return new Reexecution(archive, chain).master("local[2]").state(state, false);
  }

  @Test
  void aStoreStartsAfterItsBlock() throws IOException {
    RunReport report = run(SAMPLE, GENESIS, store).range(null, 20L).run();
    assertTrue(report.passed());
    assertEquals(20 - STATE_AFTER, report.blocks());
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> run(SAMPLE, GENESIS, store).range(5L, 9L).run());
    assertEquals(
        "--state is the one after block 12, but the first block to execute is 5", e.getMessage());
  }

  @Test
  void aDumpStartsBeforeTheFirstBlock() throws IOException {
    String uri = Path.of(dump).toUri().toString();
    assertTrue(run(SAMPLE, GENESIS, uri).range(STATE_AFTER + 1, 16L).run().passed());
    ArchiveException e =
        assertThrows(
            ArchiveException.class,
            () -> run(SAMPLE, GENESIS, dump).range(STATE_AFTER + 2, 16L).run());
    assertTrue(e.getMessage().contains("dump.json: root: its root 0x"), e.getMessage());
    assertTrue(e.getMessage().contains(" is not that of block 13, 0x"), e.getMessage());
  }

  @Test
  void aDumpThatLacksAnAccountIsRefused() throws IOException {
    String text = Files.readString(Path.of(dump));
    Path less = folder.resolve("less.json");
    Files.writeString(less, text.substring(0, text.lastIndexOf("{\"address\"")));
    ArchiveException e =
        assertThrows(
            ArchiveException.class,
            () -> run(SAMPLE, GENESIS, less.toString()).range(STATE_AFTER + 1, 16L).run());
    assertTrue(e.getMessage().contains("less.json: root: its accounts have"), e.getMessage());
  }

  @Test
  void aGenesisFileStartsAPublicChainByName() throws IOException {
    RunReport report =
        run(
                TestArchives.fixture("era1/mainnet-00000-5ec1ffb8.era1").toString(),
                "mainnet",
                TestArchives.fixture("genesis/mainnet.json").toString())
            .range(1L, 500L)
            .run();
    assertTrue(report.passed());
    assertEquals(500, report.blocks());
  }

  @Test
  void prestatesMayLieApartFromTheBlocks() throws IOException {
    Path blocks = folder.resolve("blocks");
    for (String number : new String[] {"4369999", "4370000"}) {
      Path block = Files.createDirectories(blocks.resolve(number));
      Files.copy(
          TestArchives.fixture("mainnet-blocks/" + number + "/block.json.gz"),
          block.resolve("block.json.gz"));
    }
    String states = TestArchives.fixture("mainnet-blocks").toString();
    RunReport report = run(blocks.toString(), "mainnet", states).run();
    assertTrue(report.passed());
    assertEquals(2, report.blocks());
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> run(blocks.toString(), "mainnet", null).run());
    assertTrue(e.getMessage().contains("needs its genesis file, or --state"), e.getMessage());
  }

  /** The only source of this block's bytes is the file of its witness. */
  private static Path witnessedBlock(String name, String stateRoot) throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(witness()))) {
      JsonNode parts = new ObjectMapper().readTree(in).at("/blocks/0");
      ObjectNode json = parts.get("header").deepCopy();
      json.set("transactions", parts.get("transaction"));
      json.set("withdrawals", parts.get("withdrawals"));
      if (stateRoot != null) {
        json.put("stateRoot", stateRoot);
      }
      return Files.write(folder.resolve(name), JsonBlocks.read(json).block().encoded());
    }
  }

  private static String trueRoot() throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(witness()))) {
      return new ObjectMapper().readTree(in).at("/blocks/0/header/stateRoot").asText();
    }
  }

  private static Path witness() {
    return TestArchives.fixture("witness/22615247.json.gz");
  }

  @Test
  void aWitnessProvesABlockUpToItsStateRoot() throws IOException {
    String block = witnessedBlock("witnessed.rlp", null).toString();
    RunReport report = run(block, "mainnet", witness().toString()).run();
    assertTrue(report.passed(), () -> text(report));
    assertEquals(1, report.blocks());
    String other = witnessedBlock("other.rlp", "0x" + "12".repeat(32)).toString();
    RunReport wrong = run(other, "mainnet", witness().toString()).run();
    assertTrue(text(wrong).contains("block 22615247: STATE_ROOT fails: "), text(wrong));
    assertTrue(text(wrong).contains(", 1 failed"), text(wrong));
  }

  /** The check of the state root has its row, and the rows are as many as the summary counts. */
  @Test
  void theStateRootThatAWitnessProvesIsAmongTheChecks() throws IOException {
    String expected = "0x" + "12".repeat(32);
    String block = witnessedBlock("recorded.rlp", expected).toString();
    Path out = folder.resolve("recorded");
    RunReport report =
        run(block, "mainnet", witness().toString())
            .tables(EnumSet.of(Table.BLOCKS, Table.CHECKS))
            .onMismatch(OnMismatch.RECORD)
            .out(out.toString(), false)
            .run();
    assertFalse(report.passed());
    try (SparkSession spark = OutputTables.session()) {
      Dataset<Row> checks = OutputTables.read(spark, out, Table.CHECKS);
      List<Row> roots = checks.where("check = 'state_root'").collectAsList();
      assertEquals(1, roots.size());
      assertEquals(expected, roots.get(0).getAs("expected"));
      assertEquals(trueRoot(), roots.get(0).getAs("actual"));
      assertFalse(roots.get(0).<Boolean>getAs("passed"));
      assertEquals(report.json().get("checks_passed"), checks.where("passed").count());
      assertEquals(report.json().get("checks_failed"), checks.where("NOT passed").count());
    }
  }

  @Test
  void aWitnessOfAnotherBlockIsNamed() {
    ArchiveException e =
        assertThrows(
            ArchiveException.class,
            () -> run(SAMPLE, GENESIS, witness().toString()).range(1L, 2L).run());
    assertTrue(e.getMessage().contains("block 1: witness: there is none"), e.getMessage());
  }

  private static String text(RunReport report) {
    StringWriter text = new StringWriter();
    report.print(new PrintWriter(text, true));
    return text.toString();
  }

  @Test
  void whatIsNoStateIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("odd.json"), "{\"a\": 1}");
    Path empty = Files.createDirectories(folder.resolve("empty"));
    for (Path path : new Path[] {file, empty, folder.resolve("absent")}) {
      ArchiveException e =
          assertThrows(
              ArchiveException.class, () -> StateInput.read(path.toString(), new Configuration()));
      assertTrue(e.getMessage().contains(path.getFileName() + ": "), e.getMessage());
    }
  }

  /** A state as {@code geth dump} writes it, a line an account. */
  private static final class DumpText implements StateSink {
    private final Snapshot state;
    private final StringBuilder text = new StringBuilder();
    private boolean open;
    private boolean slots;

    private DumpText(Snapshot state) {
      this.state = state;
    }

    static String of(Snapshot state, Hash root) {
      DumpText dump = new DumpText(state);
      dump.text.append("{\"root\":\"").append(root).append("\"}\n");
      state.writeTo(dump);
      dump.close();
      return dump.text.toString();
    }

    private void close() {
      if (open) {
        text.append(slots ? "}}\n" : "}\n");
      }
    }

    @Override
    public void account(Address address, Account account) {
      close();
      open = true;
      slots = false;
      Code code =
          account.codeHash().equals(Code.EMPTY_HASH) ? Code.EMPTY : state.code(account.codeHash());
      text.append("{\"address\":\"").append(address).append("\",\"balance\":\"");
      text.append(account.balance().toBigInteger()).append("\",\"nonce\":");
      text.append(account.nonce()).append(",\"codeHash\":\"").append(account.codeHash());
      text.append("\",\"code\":\"").append(Hex.encode(code.bytes())).append('"');
    }

    @Override
    public void slot(UInt256 slot, UInt256 value) {
      text.append(slots ? "," : ",\"storage\":{").append('"').append(Hex.encode(slot.toBytes()));
      text.append("\":\"").append(value.toHex().substring(2)).append('"');
      slots = true;
    }

    @Override
    public void hashedAccount(Hash addressHash, Account account) {
      throw new AssertionError("addresses are known");
    }

    @Override
    public void hashedSlot(Hash slotHash, UInt256 value) {
      throw new AssertionError("slots are known");
    }

    @Override
    public void code(Code code) {}
  }
}
