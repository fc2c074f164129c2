package io.rekindle.evm.chain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rekindle.evm.Fixtures;
import io.rekindle.evm.chain.JsonBlocks.JsonBlock;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** Mainnet blocks from JSON: hashes, roots and senders must be those that the chain has. */
class JsonBlocksTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @Test
  void mainnetBlocks() throws IOException {
    int blocks = 0;
    int transactions = 0;
    try (Stream<Path> folders = Files.list(Fixtures.path("mainnet-blocks"))) {
      for (Path folder : folders.sorted().toList()) {
        transactions += check(json(folder));
        blocks++;
      }
    }
    assertEquals(41, blocks);
    assertEquals(10_724, transactions);
  }

  private static JsonNode json(Path folder) throws IOException {
    try (InputStream in =
        new GZIPInputStream(Files.newInputStream(folder.resolve("block.json.gz")))) {
      return MAPPER.readTree(in);
    }
  }

  private static int check(JsonNode json) {
    JsonBlock read = JsonBlocks.read(json);
    Block block = read.block();
    Header header = block.header();
    assertEquals(read.hash(), header.hash());
    assertEquals(header.transactionsRoot(), Roots.transactions(block.transactions()));
    if (block.withdrawals() != null) {
      assertEquals(header.withdrawalsRoot(), Roots.withdrawals(block.withdrawals()));
    }
    if (read.ommerHashes().isEmpty()) {
      assertEquals(header.ommersHash(), Roots.ommers(block.ommers()));
    }
    JsonNode result = json.has("result") ? json.get("result") : json;
    List<Transaction> transactions = block.transactions();
    for (int i = 0; i < transactions.size(); i++) {
      JsonNode transaction = result.get("transactions").get(i);
      assertEquals(Hash.ofHex(transaction.get("hash").asText()), transactions.get(i).hash());
      assertEquals(
          Address.ofHex(transaction.get("from").asText()), Senders.recover(transactions.get(i)));
    }
    assertArrayEquals(block.encoded(), Block.decode(block.encoded()).encoded());
    return transactions.size();
  }

  @Test
  void errorsNameTheField() throws IOException {
    JsonNode json = json(Fixtures.path("mainnet-blocks/19934116"));
    ObjectNode noRoot = json.deepCopy();
    ((ObjectNode) noRoot.withArray("transactions").get(3)).put("to", "0x1234");
    assertError("transactions[3].to: 2 bytes, not 20", noRoot);
    ObjectNode noNumber = json.deepCopy();
    noNumber.remove("number");
    assertError("number: missing", noNumber);
    ObjectNode badType = json.deepCopy();
    ((ObjectNode) badType.withArray("transactions").get(0)).put("type", "0x7e");
    assertError("transactions[0].type: no transaction type 126 is known", badType);
    ObjectNode hashesOnly = json.deepCopy();
    hashesOnly.withArray("transactions").insert(0, "0xabcd");
    assertError("transactions[0]: no JSON object", hashesOnly);
  }

  private static void assertError(String message, JsonNode json) {
    JsonFormatException e = assertThrows(JsonFormatException.class, () -> JsonBlocks.read(json));
    assertEquals(message, e.getMessage());
  }
}
