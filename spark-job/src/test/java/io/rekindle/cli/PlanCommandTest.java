package io.rekindle.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rekindle.job.archive.TestArchives;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code plan} says of archives, and of input that is wrong. */
class PlanCommandTest {
  private static final String GENESIS = TestArchives.sample("genesis.json").toString();

  @TempDir private Path folder;

  private StringWriter out;
  private StringWriter err;

  private int plan(String... options) {
    out = new StringWriter();
    err = new StringWriter();
    List<String> arguments = new ArrayList<>(List.of("plan"));
    arguments.addAll(List.of(options));
    return Rekindle.run(
        new PrintWriter(out, true), new PrintWriter(err, true), arguments.toArray(String[]::new));
  }

  private int planSample(String... options) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(
        List.of("--archive", TestArchives.sample("chain.rlp.gz").toString(), "--chain", GENESIS));
    arguments.addAll(List.of(options));
    return plan(arguments.toArray(String[]::new));
  }

  private JsonNode json() throws IOException {
    return new ObjectMapper().readTree(out.toString());
  }

  @Test
  void windowsOfTheSample() {
    assertEquals(0, planSample("--to", "30", "--window-blocks", "20"), () -> err.toString());
    for (String part :
        List.of(
            "blocks 1 to 20: ",
            "blocks 21 to 30: ",
            "  clusters on ",
            "  keys by slot: ",
            "  keys by account: ",
            "\n   1024 ",
            "  hints: slot writes ",
            "    of transaction: ",
            "all 2 windows, one after another: ")) {
      assertTrue(out.toString().contains(part), () -> part + "\nis not in\n" + out);
    }
  }

  @Test
  void onWhatUnitsTouchUncutPlansWasteNothingAndSerialIsOnePartition() throws IOException {
    String strategies = "accounts,serial,clusters,round-robin,versioned";
    assertEquals(
        0,
        planSample(
            "--to",
            "24",
            "--from",
            "13",
            "--hints",
            "observed",
            "--strategy",
            strategies,
            "--cores",
            "4",
            "--json"));
    assertEquals(1, json().get("windows").size());
    JsonNode window = json().at("/windows/0");
    assertEquals(13, window.get("first_block").asInt());
    assertEquals(24, window.get("last_block").asInt());
    long gas = window.get("gas").asLong();
    JsonNode plans = window.get("plans");
    assertEquals(5, plans.size());
    for (JsonNode plan : plans) {
      boolean cut = plan.at("/cut_keys").size() > 0;
      long wasted = plan.get("executed_rerun_gas").asLong();
      assertTrue(cut || wasted == 0, plan::toString);
      assertTrue(plan.get("makespan").asLong() >= gas / 4, plan::toString);
    }
    assertEquals(gas, plans.get(1).get("makespan").asLong());
    assertEquals(1, plans.get(1).get("partitions").asInt());
    assertTrue(plans.get(3).get("executed_rerun_gas").asLong() > gas / 10, plans::toString);
    assertTrue(plans.get(4).get("executed_rerun_gas").isNull());
    assertEquals(1, window.at("/hints/slot_write_recall").asDouble());
    assertEquals(gas, window.at("/slot/scales/0/makespan").asLong());
    assertEquals(1024, window.at("/account/scales/10/cores").asInt());
  }

  @Test
  void cutKeysAreNamed() throws IOException {
    assertEquals(0, planSample("--to", "10", "--hints", "observed", "--cores", "64", "--json"));
    JsonNode cuts = json().at("/windows/0/plans/0/cut_keys");
    assertTrue(cuts.size() > 10, cuts::toString);
    boolean slots = false;
    for (JsonNode cut : cuts) {
      assertTrue(cut.get("address").asText().matches("0x[0-9a-f]{40}"), cut::toString);
      assertTrue(cut.get("units").asInt() >= 2, cut::toString);
      boolean slot = cut.get("kind").asText().equals("slot");
      assertEquals(slot, cut.get("slot").asText().matches("0x[0-9a-f]{64}"), cut::toString);
      slots |= slot;
    }
    assertTrue(slots, cuts::toString);
  }

  @Test
  void theSameInputGivesTheSameReport() {
    String[] options = {"--to", "16", "--window-blocks", "4", "--cores", "8"};
    assertEquals(0, planSample(options));
    String first = out.toString();
    assertEquals(0, planSample(options));
    assertEquals(first, out.toString());
  }

  @Test
  void blocksWithPrestatesAreWindowsOfTheirOwn() throws IOException {
    String archive = TestArchives.fixture("mainnet-blocks").toString();
    assertEquals(
        0,
        plan("--archive", archive, "--from", "15537393", "--to", "15537394", "--json"),
        () -> err.toString());
    assertEquals(2, json().get("windows").size());
    assertEquals(15_537_394, json().at("/windows/1/first_block").asInt());
    assertTrue(json().at("/windows/0/gas").asLong() > 1_000_000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--cores 0|--cores must be",
        "--strategy magic|no strategy is called 'magic'",
        "--window-gas 0|--window-gas must be",
        "--from 9 --to 3|--from 9 is after --to 3",
        "--from 500|no blocks from 500",
        "--level house|house",
        "--hints none|none",
        "--state absent.json|absent.json: there is no such file"
      })
  void wrongOptionsAreOneLine(String options, String part) {
    assertEquals(2, planSample(options.split(" ")));
    assertEquals(1, err.toString().lines().count(), () -> err.toString());
    assertTrue(err.toString().contains(part), () -> err.toString());
    assertEquals("", out.toString());
  }

  @Test
  void anAbsentArchiveIsOneLine() {
    assertEquals(2, plan("--archive", folder.resolve("none.ere").toString()));
    assertTrue(err.toString().contains("none.ere: there is no such file"), () -> err.toString());
  }

  /** A chain that is not the blocks' own is found out, rather than planned on. */
  @Test
  void anotherChainIsNamed() {
    String archive = TestArchives.sample("chain.rlp.gz").toString();
    String other = TestArchives.fixture("chains/hive-600/genesis.json").toString();
    assertEquals(2, plan("--archive", archive, "--chain", other));
    assertEquals(1, err.toString().lines().count(), () -> err.toString());
    assertTrue(err.toString().contains("block 1: parentHash"), () -> err.toString());
    assertEquals(2, plan("--archive", archive));
    assertTrue(err.toString().contains("--chain mainnet: "), () -> err.toString());
  }
}
