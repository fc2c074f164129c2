package io.rekindle.evm.precompile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.rekindle.evm.fork.BlobSchedule;
import io.rekindle.evm.fork.Fork;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hex;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which addresses each fork has, and the precompiles that hash, copy and recover. */
class PrecompilesTest {
  private static Precompile at(Fork fork, int address) {
    return Precompiles.of(fork).at(Address.of(0, 0, address));
  }

  private static byte[] run(int address, String hex) {
    return at(Fork.OSAKA, address).run(Hex.decode(hex));
  }

  @Test
  void aForkWithOtherBlobsSharesItsBase() {
    Fork bpo = Fork.OSAKA.withBlobSchedule("BPO1", new BlobSchedule(10, 15, 8_346_193));
    assertSame(Precompiles.of(Fork.OSAKA), Precompiles.of(bpo));
    assertSame(Precompiles.of(Fork.FRONTIER), Precompiles.of(Fork.SPURIOUS_DRAGON));
    assertSame(Precompiles.of(Fork.BYZANTIUM), Precompiles.of(Fork.PETERSBURG));
  }

  @Test
  void onlySmallAddressesArePrecompiles() {
    Precompiles osaka = Precompiles.of(Fork.OSAKA);
    for (Address address : osaka.addresses()) {
      assertNotNull(osaka.at(address));
    }
    assertNull(osaka.at(Address.ZERO));
    assertNull(osaka.at(Address.of(1, 0, 1)));
    assertNull(osaka.at(Address.of(0, 1, 1)));
    assertNull(osaka.at(Address.of(0, 0, 0x101)));
    assertNull(osaka.at(Address.of(0, 0, -1)));
  }

  @Test
  void hashesOfNothing() {
    assertEquals(
        "0xe3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        Hex.encode(run(2, "")));
    assertEquals(
        "0x0000000000000000000000009c1185a5c5e9fc54612808977ee8f548b2258d31",
        Hex.encode(run(3, "")));
    assertEquals("0x", Hex.encode(run(4, "")));
  }

  @Test
  void wordsArePriced() {
    byte[] bytes = new byte[33];
    assertEquals(60 + 24, at(Fork.FRONTIER, 2).gas(bytes));
    assertEquals(600 + 240, at(Fork.FRONTIER, 3).gas(bytes));
    assertEquals(15 + 6, at(Fork.FRONTIER, 4).gas(bytes));
    assertEquals(15, at(Fork.FRONTIER, 4).gas(new byte[0]));
  }

  @Test
  void recoversOrGivesNothing() {
    String signed =
        "456e9aea5e197a1f1af7a3e85a3212fa4049a3ba34c2289b4c860fc0b0c64ef3"
            + "000000000000000000000000000000000000000000000000000000000000001c"
            + "9242685bf161793cc25603c231bc2f568eb630ea16aa137d2664ac8038825608"
            + "4f8ae3bd7535248d0bd448298cc2e2071e56992d0774dc340c368ae950852ada";
    assertEquals(
        "0x0000000000000000000000007156526fbd7a3c72969b54f64e42c10fbb768c8a",
        Hex.encode(run(1, signed)));
    assertEquals(0, run(1, signed.replace("1c", "1d")).length);
    assertEquals(0, run(1, signed.substring(0, 128)).length);
    assertEquals(0, run(1, "").length);
  }

  @Test
  void addressesByFork() {
    assertEquals(range(4), Precompiles.of(Fork.HOMESTEAD).addresses());
    assertEquals(range(5), Precompiles.of(Fork.BYZANTIUM).addresses().subList(0, 5));
  }

  private static List<Address> range(int last) {
    List<Address> addresses = new ArrayList<>();
    for (int i = 1; i <= last; i++) {
      addresses.add(Address.of(0, 0, i));
    }
    return addresses;
  }
}
