package io.rekindle.evm.chain;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.rekindle.evm.Fixtures;
import io.rekindle.evm.rlp.RlpReader;
import io.rekindle.evm.word.Hash;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A chain of 600 blocks with transactions of all types, decoded and encoded again. */
class BlockRlpTest {
  @Test
  void hive600() throws IOException {
    byte[] chain = Files.readAllBytes(Fixtures.path("chains/hive-600/chain.rlp"));
    RlpReader reader = RlpReader.of(chain);
    TreeSet<Integer> types = new TreeSet<>();
    Hash parent = null;
    int count = 0;
    while (reader.hasNext()) {
      int start = reader.position();
      Block block = Block.read(reader);
      byte[] encoded = Arrays.copyOfRange(chain, start, reader.position());
      assertArrayEquals(encoded, block.encoded());
      Header header = block.header();
      if (parent != null) {
        assertEquals(parent, header.parentHash());
      }
      parent = header.hash();
      assertArrayEquals(header.encoded(), Header.decode(header.encoded()).encoded());
      assertArrayEquals(encoded, Block.decodeBody(header, block.encodedBody()).encoded());
      assertEquals(header.transactionsRoot(), Roots.transactions(block.transactions()));
      assertEquals(header.ommersHash(), Roots.ommers(block.ommers()));
      if (block.withdrawals() != null) {
        assertEquals(header.withdrawalsRoot(), Roots.withdrawals(block.withdrawals()));
      }
      for (Transaction transaction : block.transactions()) {
        types.add(transaction.type());
        Transaction again = Transaction.decode(transaction.encoded());
        assertEquals(transaction.hash(), again.hash());
      }
      count++;
    }
    assertEquals(600, count);
    assertEquals(new TreeSet<>(Arrays.asList(0, 1, 2, 3, 4)), types);
  }
}
