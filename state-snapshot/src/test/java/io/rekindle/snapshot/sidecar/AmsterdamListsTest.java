package io.rekindle.snapshot.sidecar;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rekindle.evm.state.Code;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.Hex;
import io.rekindle.evm.word.UInt256;
import io.rekindle.snapshot.Fixtures;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** Every block access list of the public Amsterdam tests, and what breaks one. */
class AmsterdamListsTest {
  private static final String ZIP = "eest-amsterdam-tests.zip";

  @Test
  void allListsKeepOrderAndHash() throws IOException {
    int lists = 0;
    try (ZipFile zip = new ZipFile(Fixtures.path(ZIP).toFile())) {
      for (ZipEntry entry : Collections.list(zip.entries())) {
        if (entry.getName().endsWith(".json")) {
          try (InputStream in = zip.getInputStream(entry)) {
            for (JsonNode test : new ObjectMapper().readTree(in)) {
              for (JsonNode block : test.get("blocks")) {
                lists += check(block, entry.getName());
              }
            }
          }
        }
      }
    }
    System.out.println(lists + " block access lists decoded and encoded again");
    assertTrue(lists > 1000);
  }

  private static int check(JsonNode block, String name) {
    JsonNode json = block.get("blockAccessList");
    if (json == null || block.has("expectException")) {
      return 0;
    }
    BlockAccessList list = list(json);
    assertNull(list.violation(), name);
    assertEquals(
        Hash.ofHex(block.at("/blockHeader/blockAccessListHash").asText()), list.hash(), name);
    byte[] bytes = BlockAccessListRlp.encode(list);
    BlockAccessList decoded = BlockAccessListRlp.decode(bytes);
    assertArrayEquals(bytes, BlockAccessListRlp.encode(decoded));
    assertEquals(list.accounts().size(), decoded.accounts().size());
    return 1;
  }

  private static BlockAccessList list(JsonNode json) {
    List<AccountAccess> accounts = new ArrayList<>();
    for (JsonNode account : json) {
      List<SlotChanges> slots = new ArrayList<>();
      for (JsonNode slot : account.get("storageChanges")) {
        slots.add(
            new SlotChanges(
                word(slot.get("slot")),
                changes(slot.get("slotChanges"), "postValue", AmsterdamListsTest::word)));
      }
      List<UInt256> reads = new ArrayList<>();
      account.get("storageReads").forEach(slot -> reads.add(word(slot)));
      accounts.add(
          new AccountAccess(
              Address.ofHex(account.get("address").asText()),
              slots,
              reads,
              changes(account.get("balanceChanges"), "postBalance", AmsterdamListsTest::word),
              changes(account.get("nonceChanges"), "postNonce", node -> word(node).limb0()),
              changes(
                  account.get("codeChanges"),
                  "newCode",
                  node -> Code.of(Hex.decode(node.asText())))));
    }
    return new BlockAccessList(accounts);
  }

  private static UInt256 word(JsonNode node) {
    return UInt256.ofHex(node.asText());
  }

  private static <T> List<IndexedChange<T>> changes(
      JsonNode json, String field, Function<JsonNode, T> value) {
    List<IndexedChange<T>> changes = new ArrayList<>();
    for (JsonNode change : json) {
      int index = (int) word(change.get("blockAccessIndex")).limb0();
      assertNotNull(change.get(field), field);
      changes.add(new IndexedChange<>(index, value.apply(change.get(field))));
    }
    return changes;
  }

  private static AccountAccess account(int number, List<SlotChanges> slots, List<UInt256> reads) {
    return new AccountAccess(
        Address.of(0, 0, number), slots, reads, List.of(), List.of(), List.of());
  }

  @Test
  void disorderIsRefused() {
    AccountAccess one = account(1, List.of(), List.of());
    AccountAccess two = account(2, List.of(), List.of());
    SlotChanges slot = new SlotChanges(UInt256.ONE, List.of(new IndexedChange<>(1, UInt256.ONE)));
    List<IndexedChange<UInt256>> twice =
        List.of(new IndexedChange<>(1, UInt256.ONE), new IndexedChange<>(1, UInt256.ZERO));
    for (BlockAccessList bad :
        List.of(
            new BlockAccessList(List.of(two, one)),
            new BlockAccessList(List.of(one, one)),
            new BlockAccessList(List.of(account(1, List.of(slot, slot), List.of()))),
            new BlockAccessList(List.of(account(1, List.of(slot), List.of(UInt256.ONE)))),
            new BlockAccessList(List.of(account(1, List.of(), List.of(UInt256.ONE, UInt256.ZERO)))),
            new BlockAccessList(
                List.of(account(1, List.of(new SlotChanges(UInt256.ONE, twice)), List.of()))))) {
      assertNotNull(bad.violation());
      byte[] bytes = BlockAccessListRlp.encode(bad);
      assertThrows(IllegalArgumentException.class, () -> BlockAccessListRlp.decode(bytes));
    }
  }
}
