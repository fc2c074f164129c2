package io.rekindle.evm.precompile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rekindle.evm.crypto.Keccak256;
import io.rekindle.evm.fork.Fork;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/**
 * The vectors of the state tests, without an EVM: many of their contracts pass the call data on to
 * one precompile and store whether it succeeded, the length of its output and some its hash.
 */
class FixtureVectorsTest {
  /** CALLDATACOPY all, a call with it, and the two or three SSTOREs. */
  private static final Pattern RELAY =
      Pattern.compile(
          "0x366000600037(?:6000){2}366000(?:6000)?(60..|61....)"
              + "(6[0-3](?:..){1,4})f[124a](?:3d600155600055|6000553d600155)"
              + "(3d600060003e3d600020600255)?");

  private static final String NOTHING = Hex.encode(Keccak256.digest(new byte[0], 0, 0));
  private int checked;

  @Test
  void blsPrecompilesGiveWhatTheStateTestsExpect() throws IOException {
    check("prague/eip2537_bls_12_381_precompiles/", Fork.PRAGUE);
    assertTrue(checked > 400, checked + " vectors");
  }

  @Test
  void p256VerifyGivesWhatTheStateTestsExpect() throws IOException {
    check("osaka/eip7951_p256verify_precompiles/", Fork.OSAKA);
    assertTrue(checked > 200, checked + " vectors");
  }

  private void check(String folder, Fork fork) throws IOException {
    Path file = Path.of(System.getProperty("rekindle.fixtures", ""), "eest-state-tests.zip");
    assumeTrue(Files.exists(file), "not run: no fixtures at " + file);
    ObjectMapper mapper = new ObjectMapper();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      Enumeration<? extends ZipEntry> entries = zip.entries();
      while (entries.hasMoreElements()) {
        ZipEntry entry = entries.nextElement();
        if (entry.getName().startsWith(folder) && entry.getName().endsWith(".json")) {
          for (var test : mapper.readTree(zip.getInputStream(entry)).properties()) {
            check(test.getKey(), test.getValue(), fork);
          }
        }
      }
    }
  }

  private void check(String name, JsonNode test, Fork fork) {
    String to = test.at("/transaction/to").asText().toLowerCase(Locale.ROOT);
    JsonNode post = test.path("post").path(fork.name()).path(0);
    Matcher relay = RELAY.matcher(test.path("pre").path(to).path("code").asText());
    if (post.isMissingNode() || !relay.matches()) {
      return;
    }
    int address = Integer.parseInt(relay.group(1).substring(2), 16);
    long gas = Long.parseLong(relay.group(2).substring(2), 16);
    byte[] input = Hex.decode(test.at("/transaction/data/0").asText());
    Precompile precompile = Precompiles.of(fork).at(Address.of(0, 0, address));
    byte[] output = precompile.gas(input) > gas ? null : precompile.run(input);
    JsonNode storage = post.path("state").path(to).path("storage");
    assertEquals(storage.path("0x00").asText("0x00").equals("0x01"), output != null, name);
    byte[] returned = output == null ? new byte[0] : output;
    String length = storage.path("0x01").asText("0x00");
    assertEquals(Integer.decode(length), returned.length, name);
    checked++;
    if (relay.group(3) == null) {
      return;
    }
    String expected = storage.path("0x02").asText(NOTHING);
    assertEquals(expected, Hex.encode(Keccak256.digest(returned, 0, returned.length)), name);
  }
}
