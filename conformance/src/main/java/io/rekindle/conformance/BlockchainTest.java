package io.rekindle.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.rekindle.evm.chain.Block;
import io.rekindle.evm.fork.ChainSpec;
import io.rekindle.evm.process.BlockExecution;
import io.rekindle.evm.state.OverlayState;
import io.rekindle.evm.trie.StateRoot;
import io.rekindle.evm.word.Hash;
import java.util.Map;
import java.util.Set;

/**
 * Judges blockchain tests: a genesis state, blocks that must be accepted and others that must be
 * refused for the reason named, and the head of the chain with its state at the end.
 */
final class BlockchainTest implements CaseRunner {
  private final BlockExecution execution;

  BlockchainTest(BlockExecution execution) {
    this.execution = execution;
  }

  @Override
  public void close() {
    execution.close();
  }

  @Override
  public void run(String name, JsonNode test, Selection selection, Verdicts verdicts) {
    String network = Fields.text(test, "network");
    if (selection.wantsFork(network)) {
      verdicts.add(name, network, Failure.of(() -> judge(network, test)));
    }
  }

  /** Why the case fails, or null. */
  private String judge(String name, JsonNode test) {
    ChainSpec spec = Networks.of(name, test.path("config"));
    OverlayState allocation = PreState.read(Fields.node(test, "pre"));
    Block genesis = Block.decode(Fields.bytes(test, "genesisRLP"));
    String failure = judgeGenesis(genesis, allocation, test);
    if (failure != null) {
      return failure;
    }
    BlockTree tree = new BlockTree(spec, execution, genesis, allocation);
    int place = 0;
    for (JsonNode block : Fields.node(test, "blocks")) {
      Rejection rejection = tree.add(Fields.bytes(block, "rlp"));
      failure = ExpectedException.judge(expectedException(block, name), rejection);
      if (failure != null) {
        return "block " + place + " of the test: " + failure;
      }
      place++;
    }
    return judgeHead(tree.head(), test);
  }

  private static String judgeGenesis(Block genesis, OverlayState allocation, JsonNode test) {
    Hash hash = Fields.hash(Fields.node(test, "genesisBlockHeader"), "hash");
    if (!genesis.header().hash().equals(hash)) {
      return "genesis hash " + genesis.header().hash() + ", expected " + hash;
    }
    Hash root = StateRoot.of(allocation);
    return root.equals(genesis.header().stateRoot())
        ? null
        : "genesis state root " + root + ", expected " + genesis.header().stateRoot();
  }

  /** The exception that a block must meet; older tests have one for each network. */
  private static String expectedException(JsonNode block, String network) {
    for (Map.Entry<String, JsonNode> field : block.properties()) {
      String key = field.getKey();
      if (key.equals("expectException") || key.equals("expectException" + network)) {
        return field.getValue().asText();
      }
    }
    return null;
  }

  private static String judgeHead(BlockTree.Node head, JsonNode test) {
    Hash expected = Fields.hash(test, "lastblockhash");
    if (!head.hash().equals(expected)) {
      return "head is block "
          + head.header().number()
          + " "
          + head.hash()
          + ", expected "
          + expected;
    }
    Hash root = head.state().trie().root();
    if (!test.hasNonNull("postState")) {
      Hash expectedRoot = Fields.hash(test, "postStateHash");
      return root.equals(expectedRoot) ? null : "state root " + root + ", expected " + expectedRoot;
    }
    OverlayState post = PreState.read(Fields.node(test, "postState"));
    return root.equals(StateRoot.of(post))
        ? null
        : "the state is not that of postState"
            + StateDifference.first(post, head.state(), Set.of());
  }
}
