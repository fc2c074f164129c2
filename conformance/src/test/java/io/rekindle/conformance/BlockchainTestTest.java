package io.rekindle.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rekindle.evm.engine.Engines;
import io.rekindle.evm.process.BlockExecution;
import io.rekindle.evm.process.UnitExecutor;
import io.rekindle.evm.word.Hash;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A right test passes, and each way of spoiling its expectations makes it fail. */
class BlockchainTestTest {
  private static final String FILE = "TransitionTests/bcHomesteadToDao/DaoTransactions.json";

  private String name;
  private ObjectNode test;

  @BeforeEach
  void readTest() throws IOException {
    try (ZipFile zip = new ZipFile(Fixtures.require("classic-blockchain-tests.zip").toFile())) {
      JsonNode file = new ObjectMapper().readTree(zip.getInputStream(zip.getEntry(FILE)));
      name = file.fieldNames().next();
      test = (ObjectNode) file.get(name);
    }
  }

  private String failure() {
    List<String> failures = new ArrayList<>();
    new BlockchainTest(
            BlockExecution.serial(new UnitExecutor(Engines.named(Engines.DEFAULT).get())))
        .run(name, test, Selection.ALL, (caseName, fork, failure) -> failures.add(failure));
    assertEquals(1, failures.size());
    return failures.get(0);
  }

  private void assertFailure(String part) {
    String failure = failure();
    assertTrue(failure != null && failure.contains(part), () -> "failure: " + failure);
  }

  private ObjectNode invalidBlock() {
    for (JsonNode block : test.get("blocks")) {
      if (block.has("expectException")) {
        return (ObjectNode) block;
      }
    }
    throw new AssertionError("no invalid block");
  }

  @Test
  void theTestPasses() {
    assertNull(failure());
  }

  @Test
  void anotherHeadFails() {
    test.put("lastblockhash", Hash.ZERO.toString());
    assertFailure("head is block ");
  }

  @Test
  void anotherPostStateRootFails() {
    test.put("postStateHash", Hash.ZERO.toString());
    assertFailure("state root 0x");
  }

  @Test
  void anotherPreStateFails() {
    JsonNode account = test.get("pre").elements().next();
    ((ObjectNode) account).put("balance", "0x0123456789");
    assertFailure("genesis state root ");
  }

  @Test
  void anInvalidBlockThatShouldBeAcceptedFails() {
    invalidBlock().remove("expectException");
    assertFailure("rejected: [DAO_EXTRA_DATA");
  }

  @Test
  void anInvalidBlockForAnotherReasonFails() {
    invalidBlock().put("expectException", "BlockException.INVALID_STATE_ROOT");
    assertFailure("expected BlockException.INVALID_STATE_ROOT");
  }

  @Test
  void aValidBlockThatShouldBeRefusedFails() {
    ((ObjectNode) test.get("blocks").get(0))
        .put("expectException", "BlockException.EXTRA_DATA_INVALID_DAO");
    assertFailure("accepted, expected BlockException.EXTRA_DATA_INVALID_DAO");
  }
}
