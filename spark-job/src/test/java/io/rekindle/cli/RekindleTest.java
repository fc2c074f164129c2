package io.rekindle.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every command does with good and bad input. */
class RekindleTest {
  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return Rekindle.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }

  @Test
  void helpNamesTheSubcommands() {
    assertEquals(0, run("--help"));
    assertTrue(out.toString().contains("statetest"), out::toString);
    assertTrue(out.toString().contains("blocktest"), out::toString);
  }

  @Test
  void eachSubcommandHasHelp() {
    for (String command : Rekindle.commandLine().getSubcommands().keySet()) {
      assertEquals(0, run(command, "--help"), command);
      assertTrue(out.toString().contains("Usage: rekindle " + command), out::toString);
    }
  }

  @Test
  void missingFileIsOneLine() {
    assertEquals(2, run("statetest", folder.resolve("absent.json").toString()));
    assertOneLineOfError("absent.json: no such file or folder");
  }

  @Test
  void brokenJsonIsOneLine() throws IOException {
    Path file = Files.writeString(folder.resolve("broken.json"), "{\"a\": {\"env\": [}");
    assertEquals(2, run("blocktest", file.toString()));
    assertOneLineOfError("broken.json: not valid JSON");
  }

  @Test
  void unknownEngineIsOneLine() throws IOException {
    Path file = Files.writeString(folder.resolve("empty.json"), "{}");
    assertEquals(2, run("statetest", "--engine", "none", file.toString()));
    assertOneLineOfError("there is no engine none");
  }

  @Test
  void badExpressionIsOneLine() throws IOException {
    Path file = Files.writeString(folder.resolve("empty.json"), "{}");
    assertEquals(2, run("statetest", "--filter", "(", file.toString()));
    assertOneLineOfError("--filter");
  }

  @Test
  void unknownStrategyIsOneLine() throws IOException {
    Path file = Files.writeString(folder.resolve("odd.json"), "{\"a\": {}}");
    assertEquals(2, run("blocktest", "--partitioned", "--strategy", "none", file.toString()));
    assertOneLineOfError("no strategy is called 'none'");
  }

  @Test
  void aSelectionOfNoCaseIsNoSuccess() throws IOException {
    Path file = Files.writeString(folder.resolve("odd.json"), "{\"a\": {}}");
    assertEquals(2, run("statetest", "--filter", "b", file.toString()));
    assertOneLineOfError("no case of the files");
  }

  @Test
  void aFolderThatIsAFileIsOneLine() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertEquals(2, run("generate", "--blocks", "1", "--out", file.toString()));
    assertOneLineOfError("file: there is a file of this name already");
  }

  @Test
  void unknownOptionIsOneLine() {
    assertEquals(2, run("statetest", "--wrong", "x.json"));
    assertOneLineOfError("--wrong");
  }

  @Test
  void whatIsMisspeltIsNamedWithWhatIsNearIt() {
    assertEquals(2, run("reexecute", "--arhive", "x"));
    assertOneLineOfError("'--arhive'");
    assertOneLineOfError("; near it: ");
    assertOneLineOfError("--archive");
    err.getBuffer().setLength(0);
    assertEquals(2, run("inspct"));
    assertOneLineOfError("; near it: inspect");
  }

  @Test
  void errorsOfOptionsAndOfInputNameTheCommandAlike() {
    assertEquals(2, run("state", "show"));
    assertOneLineOfError("rekindle state show: Missing");
    err.getBuffer().setLength(0);
    assertEquals(2, run("state", "show", folder.resolve("absent").toString()));
    assertOneLineOfError("rekindle state show: ");
  }

  @Test
  void badSettingsOfAChainAreOneLine() {
    String to = folder.resolve("chain").toString();
    assertEquals(2, run("generate", "--out", to, "--mix", "theft=1"));
    assertOneLineOfError("there is no theft, only payment,");
    err.getBuffer().setLength(0);
    assertEquals(2, run("generate", "--out", to, "--fork", "London"));
    assertOneLineOfError("fork: Paris, Shanghai, Cancun, Prague or Osaka, not London");
    assertFalse(Files.exists(folder.resolve("chain")));
  }

  @Test
  void badAddressesAndRangesOfANodeAreOneLine() {
    String to = folder.resolve("dumps").toString();
    assertEquals(2, run("fetch", "--rpc", "ftp://node", "--from", "1", "--out", to));
    assertOneLineOfError("no http or https address of a node: ftp://node");
    assertFalse(Files.exists(folder.resolve("dumps")));
    err.getBuffer().setLength(0);
    assertEquals(
        2, run("fetch", "--rpc", "http://127.0.0.1:1", "--from", "9", "--to", "5", "--out", to));
    assertOneLineOfError("no blocks to fetch from 9 to 5");
  }

  @Test
  void debugShowsTheStackTrace() {
    assertEquals(2, run("statetest", "--debug", folder.resolve("absent.json").toString()));
    assertTrue(err.toString().contains("\tat "), err::toString);
  }

  @Test
  void aCaseOfAnotherFormatFails() throws IOException {
    Path file = Files.writeString(folder.resolve("odd.json"), "{\"a\": {}}");
    assertEquals(1, run("statetest", file.toString()));
    assertTrue(out.toString().strip().endsWith("0 passed, 1 failed"), out::toString);
  }

  @Test
  void jsonIsPure() throws IOException {
    Path file = Files.writeString(folder.resolve("odd.json"), "{\"a\": {}}");
    assertEquals(1, run("blocktest", "--json", file.toString()));
    assertTrue(out.toString().lines().allMatch(line -> line.startsWith("{")), out::toString);
    assertTrue(out.toString().contains("{\"passed\":0,\"failed\":1}"), out::toString);
  }

  private void assertOneLineOfError(String part) {
    assertEquals(1, err.toString().lines().count(), err::toString);
    assertTrue(err.toString().contains(part), err::toString);
    assertFalse(err.toString().contains("Exception"), err::toString);
  }
}
