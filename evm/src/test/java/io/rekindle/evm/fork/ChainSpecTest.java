package io.rekindle.evm.fork;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rekindle.evm.word.UInt256;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Boundaries of forks, in pairs. */
class ChainSpecTest {
  @ParameterizedTest
  @CsvSource({
    "0, Frontier",
    "1149999, Frontier",
    "1150000, Homestead",
    "1920000, DAO",
    "2462999, DAO",
    "2463000, TangerineWhistle",
    "2674999, TangerineWhistle",
    "2675000, SpuriousDragon",
    "4369999, SpuriousDragon",
    "4370000, Byzantium",
    "7279999, Byzantium",
    "7280000, Petersburg",
    "12243999, MuirGlacier",
    "12244000, Berlin",
    "12965000, London",
    "13773000, ArrowGlacier",
    "15537393, GrayGlacier",
    "15537394, Paris",
  })
  void mainnetByBlock(long number, String fork) {
    assertEquals(fork, ChainSpec.MAINNET.forkAt(number, 0).name());
  }

  @ParameterizedTest
  @CsvSource({
    "1681338454, Paris, 0",
    "1681338455, Shanghai, 0",
    "1710338134, Shanghai, 0",
    "1710338135, Cancun, 6",
    "1746612311, Prague, 9",
    "1764798551, Osaka, 9",
    "1765290070, Osaka, 9",
    "1765290071, BPO1, 15",
    "1767747671, BPO2, 21",
  })
  void mainnetByTime(long timestamp, String name, int maxBlobs) {
    Fork fork = ChainSpec.MAINNET.forkAt(25_000_000, timestamp);
    assertEquals(name, fork.name());
    assertEquals(maxBlobs, fork.blobSchedule() == null ? 0 : fork.blobSchedule().max());
  }

  @ParameterizedTest
  @CsvSource({
    "FrontierToHomesteadAt5, Frontier, Homestead",
    "HomesteadToDaoAt5, Homestead, DAO",
    "HomesteadToEIP150At5, Homestead, TangerineWhistle",
    "EIP158ToByzantiumAt5, SpuriousDragon, Byzantium",
    "ByzantiumToConstantinopleFixAt5, Byzantium, Petersburg",
    "BerlinToLondonAt5, Berlin, London",
  })
  void transitionsByBlock(String network, String before, String after) {
    ChainSpec spec = ChainSpec.ofNetwork(network);
    assertEquals(before, spec.forkAt(4, 99).name());
    assertEquals(after, spec.forkAt(5, 99).name());
    assertFalse(spec.needsTotalDifficulty());
  }

  @ParameterizedTest
  @CsvSource({
    "ParisToShanghaiAtTime15k, Paris, Shanghai",
    "ShanghaiToCancunAtTime15k, Shanghai, Cancun",
    "CancunToPragueAtTime15k, Cancun, Prague",
    "PragueToOsakaAtTime15k, Prague, Osaka",
    "OsakaToBPO1AtTime15k, Osaka, BPO1",
    "BPO1ToBPO2AtTime15k, BPO1, BPO2",
    "BPO2ToBPO3AtTime15k, BPO2, BPO3",
    "BPO3ToBPO4AtTime15k, BPO3, BPO4",
  })
  void transitionsByTime(String network, String before, String after) {
    ChainSpec spec = ChainSpec.ofNetwork(network);
    assertEquals(before, spec.forkAt(1, 14_999).name());
    assertEquals(after, spec.forkAt(1, 15_000).name());
  }

  @Test
  void aTransitionByTotalDifficulty() {
    ChainSpec spec = ChainSpec.ofNetwork("ArrowGlacierToParisAtDiffC0000");
    assertTrue(spec.needsTotalDifficulty());
    assertSame(Fork.ARROW_GLACIER, spec.forkAt(7, 0, UInt256.of(0xBFFFF)));
    assertSame(Fork.PARIS, spec.forkAt(7, 0, UInt256.of(0xC0000)));
    assertSame(Fork.PARIS, spec.schedule().forkOfHeader(7, 0, UInt256.ZERO));
    assertSame(Fork.ARROW_GLACIER, spec.schedule().forkOfHeader(7, 0, UInt256.ONE));
    assertThrows(IllegalStateException.class, () -> spec.forkAt(7, 0));
  }

  @Test
  void theDaoFork() {
    ChainSpec spec = ChainSpec.ofNetwork("HomesteadToDaoAt5");
    assertFalse(spec.isDaoFork(4));
    assertTrue(spec.isDaoFork(5));
    assertFalse(spec.requiresDaoExtraData(4));
    assertTrue(spec.requiresDaoExtraData(5));
    assertTrue(spec.requiresDaoExtraData(14));
    assertFalse(spec.requiresDaoExtraData(15));
  }

  @Test
  void aChainsOwnBlobSchedule() {
    BlobSchedule own = new BlobSchedule(1, 2, 3);
    ChainSpec spec =
        ChainSpec.ofNetwork("CancunToPragueAtTime15k").withBlobSchedules(Map.of("prague", own));
    assertEquals(own, spec.forkAt(1, 15_000).blobSchedule());
    assertEquals(6, spec.forkAt(1, 14_999).blobSchedule().max());
    assertTrue(spec.forkAt(1, 15_000).isAtLeast(Fork.PRAGUE));
  }

  @Test
  void unknownNames() {
    assertThrows(IllegalArgumentException.class, () -> Forks.byName("Atlantis"));
    assertThrows(IllegalArgumentException.class, () -> ChainSpec.ofNetwork("BerlinToAtlantisAt5"));
    assertThrows(IllegalArgumentException.class, () -> ChainSpec.ofName("ropsten"));
  }
}
