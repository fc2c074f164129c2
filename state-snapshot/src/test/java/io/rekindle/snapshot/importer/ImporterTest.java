package io.rekindle.snapshot.importer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rekindle.evm.crypto.Keccak256;
import io.rekindle.evm.state.Account;
import io.rekindle.evm.state.Code;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import io.rekindle.snapshot.Fixtures;
import io.rekindle.snapshot.Snapshot;
import io.rekindle.snapshot.SnapshotBuilder;
import io.rekindle.snapshot.Unlisted;
import io.rekindle.snapshot.trie.StateTrieBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImporterTest {
  private static final Address ONE = Address.of(0, 0, 1);
  private static final Address TWO = Address.of(0, 0, 2);

  @TempDir Path folder;

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  @Test
  void genesisRootsAreTheChains() throws IOException {
    assertEquals(
        Hash.ofHex("d7f8974fb5ac78d9ac099b9ad5018bedc2ce0a72dad1827a1709da30580f0544"),
        genesisRoot("genesis/mainnet.json"));
    assertEquals(
        Hash.ofHex("5eb6e371a698b8d68f665192350ffcecbbbf322916f4b51bd79bb6887da3f494"),
        genesisRoot("genesis/sepolia.json"));
  }

  private static Hash genesisRoot(String name) throws IOException {
    StateTrieBuilder builder = new StateTrieBuilder();
    GenesisState.writeTo(GenesisState.read(Fixtures.path(name)), builder);
    return builder.build().root();
  }

  @Test
  void genesisNumbersHaveManySpellings() throws IOException {
    Path file =
        file(
            "genesis.json",
            """
            {"config": {"chainId": 1}, "difficulty": "0x1", "gasLimit": "5000",
             "alloc": {
              "0x0000000000000000000000000000000000000001": {"balance": "0x10", "nonce": "0x2",
                 "code": "0x6000", "storage": {"0x00": "0x01", "02": "ff"}},
              "0000000000000000000000000000000000000002": {"balance": "16", "nonce": 3}}}
            """);
    SnapshotBuilder builder = new SnapshotBuilder(Unlisted.ABSENT);
    GenesisState.writeTo(GenesisState.read(file), builder);
    Snapshot snapshot = builder.build();
    assertEquals(UInt256.of(16), snapshot.account(ONE).balance());
    assertEquals(2, snapshot.account(ONE).nonce());
    assertEquals(UInt256.ONE, snapshot.storage(ONE, UInt256.ZERO));
    assertEquals(UInt256.of(255), snapshot.storage(ONE, UInt256.of(2)));
    assertEquals(2, snapshot.code(snapshot.account(ONE).codeHash()).size());
    assertEquals(new Account(3, UInt256.of(16), Code.EMPTY_HASH), snapshot.account(TWO));
  }

  @Test
  void headstateIsWhole() throws IOException {
    StateTrieBuilder builder = new StateTrieBuilder();
    Hash root = new GethDump(Fixtures.path("chains/hive-600/headstate.json")).writeTo(builder);
    assertEquals(root, builder.build().root());
  }

  /** Lines as geth writes them, made of the head state: one account by its hash only. */
  @Test
  void dumpLinesMayLackAddresses() throws IOException {
    Path source = Fixtures.path("chains/hive-600/headstate.json");
    Path lines = folder.resolve("dump.jsonl");
    Hash root = DumpLines.write(source, lines, false);
    StateTrieBuilder builder = new StateTrieBuilder();
    assertEquals(root, new GethDump(lines).writeTo(builder));
    assertEquals(root, builder.build().root());
    GethDump dump = new GethDump(lines);
    assertThrows(
        IllegalArgumentException.class, () -> dump.writeTo(new SnapshotBuilder(Unlisted.ABSENT)));
  }

  /** A slot whose key is not known is not in the dump, and the root tells. */
  @Test
  void aDumpWithoutASlotIsFoundOut() throws IOException {
    Path source = Fixtures.path("chains/hive-600/headstate.json");
    Path lines = folder.resolve("dump.jsonl");
    Hash root = DumpLines.write(source, lines, true);
    StateTrieBuilder builder = new StateTrieBuilder();
    assertEquals(root, new GethDump(lines).writeTo(builder));
    assertTrue(!root.equals(builder.build().root()));
  }

  @Test
  void everyPrestateDumpIsRead() throws IOException {
    int accounts = 0;
    try (Stream<Path> blocks = Files.list(Fixtures.path("mainnet-blocks"))) {
      for (Path block : blocks.toList()) {
        SnapshotBuilder builder = new SnapshotBuilder(Unlisted.COUNTED);
        PrestateDump dump = PrestateDump.read(block.resolve("prestate.json.gz"));
        dump.writeTo(builder);
        Snapshot snapshot = builder.build();
        assertEquals(dump.accountCount(), snapshot.accountCount());
        accounts += snapshot.accountCount();
      }
    }
    assertTrue(accounts > 1000);
  }

  @Test
  void theEarliestDumpOfAFolderCounts() throws IOException {
    Files.createDirectory(folder.resolve("9"));
    Files.createDirectory(folder.resolve("10"));
    String one = "\"0x0000000000000000000000000000000000000001\"";
    String two = "\"0x0000000000000000000000000000000000000002\"";
    file("9/prestate.json", "{" + one + ":{\"balance\":\"0x1\",\"storage\":{\"0x1\":\"0x5\"}}}");
    file(
        "10/prestate.json",
        "{"
            + one
            + ":{\"balance\":\"0x2\",\"storage\":{\"0x1\":\"0x6\",\"0x2\":\"0x0\"}},"
            + two
            + ":null}");
    SnapshotBuilder builder = new SnapshotBuilder(Unlisted.MISSING);
    PrestateDump.readFolder(folder).writeTo(builder);
    Snapshot snapshot = builder.build();
    assertEquals(UInt256.ONE, snapshot.account(ONE).balance());
    assertEquals(UInt256.of(5), snapshot.storage(ONE, UInt256.ONE));
    assertEquals(UInt256.ZERO, snapshot.storage(ONE, UInt256.of(2)));
  }

  @Test
  void badInputNamesItsPlace() throws IOException {
    String one = "\"0x0000000000000000000000000000000000000001\"";
    for (String bad :
        new String[] {
          "{" + one + ":{\"balance\":\"0xzz\"}}",
          "{" + one + ":{\"nonce\":\"0x10000000000000000\"}}",
          "{" + one + ":{\"code\":\"0x00\",\"codeHash\":\"0x00\"}}",
          "{" + one + ":{\"storage\":{\"0x1\":\"ghi\"}}}",
          "{\"0x01\":{}}",
          "{" + one + ":",
          "[]",
          ""
        }) {
      Path file = file("prestate.json", bad);
      IOException error = assertThrows(StateInputException.class, () -> PrestateDump.read(file));
      assertTrue(error.getMessage().contains("prestate.json"), error.getMessage());
      assertEquals(1, error.getMessage().lines().count());
    }
    assertThrows(StateInputException.class, () -> PrestateDump.read(folder.resolve("none")));
    Path dump = file("dump", "{\"balance\":\"1\"}\n");
    StateTrieBuilder builder = new StateTrieBuilder();
    assertThrows(StateInputException.class, () -> new GethDump(dump).writeTo(builder));
    assertNull(builder.build().account(Keccak256.hash(ONE.toBytes())));
  }
}
