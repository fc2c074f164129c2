package io.rekindle.evm.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.rekindle.evm.Fixtures;
import io.rekindle.evm.fork.ChainSpec;
import io.rekindle.evm.fork.Fork;
import io.rekindle.evm.rlp.RlpReader;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GenesisTest {
  @Test
  void mainnet() throws IOException {
    Genesis genesis = Genesis.read(Fixtures.path("genesis/mainnet.json"));
    assertEquals(
        Hash.ofHex("0xd4e56740f876aef8c010b86a40d5f56745a118d0906a34e69aec8c0db1cb8fa3"),
        genesis.header().hash());
    assertEquals(8893, genesis.accounts().size());
    assertSameSchedule(ChainSpec.MAINNET, genesis.spec());
  }

  @Test
  void sepolia() throws IOException {
    Genesis genesis = Genesis.read(Fixtures.path("genesis/sepolia.json"));
    assertEquals(
        Hash.ofHex("0x25a5cc106eea7138acab33231d7160d69cb777ee0c2c553fcddf5138993e6dd9"),
        genesis.header().hash());
    assertSameSchedule(ChainSpec.SEPOLIA, genesis.spec());
  }

  @Test
  void hive600() throws IOException {
    Genesis genesis = Genesis.read(Fixtures.path("chains/hive-600/genesis.json"));
    byte[] chain = Files.readAllBytes(Fixtures.path("chains/hive-600/chain.rlp"));
    Block first = Block.read(RlpReader.of(chain));
    assertEquals(first.header().parentHash(), genesis.header().hash());
    assertEquals("Shanghai", genesis.spec().forkAt(1, 10).name());
    assertEquals("Cancun", genesis.spec().forkAt(6, 60).name());
    assertEquals("Prague", genesis.spec().forkAt(12, 120).name());
    assertEquals(Address.ZERO, genesis.spec().depositContract());
  }

  private static void assertSameSchedule(ChainSpec expected, ChainSpec actual) {
    assertEquals(expected.chainId(), actual.chainId());
    assertEquals(expected.name(), actual.name());
    assertEquals(expected.daoForkBlock(), actual.daoForkBlock());
    assertEquals(expected.depositContract(), actual.depositContract());
    for (ChainSpec spec : new ChainSpec[] {expected, actual}) {
      for (ForkBoundary boundary : ForkBoundary.of(spec)) {
        Fork one = expected.forkAt(boundary.number(), boundary.timestamp());
        Fork other = actual.forkAt(boundary.number(), boundary.timestamp());
        assertEquals(one.name(), other.name(), boundary.toString());
        assertEquals(one.blobSchedule(), other.blobSchedule(), boundary.toString());
      }
    }
  }

  @Test
  void forksInBothStyles() throws IOException {
    Genesis genesis =
        parse(
            """
            {"config": {"chainId": "0x539", "homesteadBlock": 0, "constantinopleBlock": 3,
              "londonBlock": "7", "terminalTotalDifficulty": 100, "cancunTime": "0x64",
              "osakaTime": 300, "bpo1Time": 400, "ethash": {"fixeddifficulty": 5},
              "blobSchedule": {
                "cancun": {"target": 1, "max": 2, "baseFeeUpdateFraction": 3},
                "bpo1": {"target": "0x4", "max": 5, "baseFeeUpdateFraction": 6}}},
             "difficulty": "0x10", "gasLimit": 4712388, "alloc": {
               "0x0000000000000000000000000000000000000001": {"balance": "12", "nonce": "0x3",
                 "storage": {"0x1": "0x02", "03": "0x"}}}}
            """);
    ChainSpec spec = genesis.spec();
    assertEquals(UInt256.of(1337), spec.chainId());
    assertEquals(UInt256.of(5), spec.fixedDifficulty());
    assertEquals("Homestead", spec.forkAt(2, 0, UInt256.ZERO).name());
    assertEquals("Petersburg", spec.forkAt(3, 0, UInt256.ZERO).name());
    assertEquals("London", spec.forkAt(7, 0, UInt256.of(99)).name());
    assertEquals("Paris", spec.forkAt(7, 0, UInt256.of(100)).name());
    assertEquals(2, spec.forkAt(8, 100).blobSchedule().max());
    assertEquals(2, spec.forkAt(8, 300).blobSchedule().max());
    assertEquals(5, spec.forkAt(8, 400).blobSchedule().max());
    Genesis.GenesisAccount account = genesis.accounts().get(0);
    assertEquals(UInt256.of(12), account.account().balance());
    assertEquals(3, account.account().nonce());
    assertEquals(Map.of(UInt256.ONE, UInt256.of(2)), account.storage());
  }

  @Test
  void errorsNameTheField() {
    assertError("config: missing", "{\"difficulty\": 1}");
    assertError(
        "config.amsterdamTime: this fork is not known",
        "{\"difficulty\": 1, \"config\": {\"chainId\": 1, \"amsterdamTime\": 7}}");
    assertError(
        "config.blobSchedule.bpo2: missing, though bpo2Time is there",
        "{\"difficulty\": 1, \"config\": {\"chainId\": 1, \"bpo2Time\": 7}}");
    assertError(
        "config.chainId: no number: \"one\"",
        "{\"difficulty\": 1, \"config\": {\"chainId\": \"one\"}}");
    assertError(
        "alloc.0x12: no address: an address has 20 bytes, not 1",
        "{\"difficulty\": 1, \"config\": {\"chainId\": 1}, \"alloc\": {\"0x12\": {}}}");
    assertError("difficulty: missing", "{\"config\": {\"chainId\": 1}}");
  }

  private static void assertError(String message, String json) {
    JsonFormatException e = assertThrows(JsonFormatException.class, () -> parse(json));
    assertEquals(message, e.getMessage());
  }

  private static Genesis parse(String json) throws IOException {
    return Genesis.read(new ObjectMapper().readTree(json));
  }
}
