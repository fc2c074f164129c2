package io.rekindle.job.generate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.rekindle.evm.word.Hash;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MerkleTreeTest {
  private static List<Hash> leaves(int count) {
    Draws draws = new Draws(count);
    return IntStream.range(0, count).mapToObj(i -> draws.hash()).toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8, 64})
  void everyProofLeadsToTheRoot(int count) {
    List<Hash> leaves = leaves(count);
    MerkleTree tree = new MerkleTree(leaves);
    for (int i = 0; i < count; i++) {
      Hash node = leaves.get(i);
      for (Hash sibling : tree.proof(i)) {
        node = MerkleTree.parent(node, sibling);
      }
      assertEquals(tree.root(), node);
    }
  }

  @Test
  void leavesThatAreNoPowerOfTwo() {
    assertThrows(IllegalArgumentException.class, () -> new MerkleTree(leaves(3)));
    assertThrows(IllegalArgumentException.class, () -> new MerkleTree(List.of()));
  }
}
