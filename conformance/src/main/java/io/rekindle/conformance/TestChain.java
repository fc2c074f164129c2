package io.rekindle.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.rekindle.evm.chain.Block;
import io.rekindle.evm.fork.ChainSpec;
import io.rekindle.evm.rlp.RlpException;
import io.rekindle.evm.state.OverlayState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The chain of a blockchain test, for those who want its blocks and no verdict.
 *
 * @param name of the test
 * @param allocation the complete state after the genesis block
 * @param blocks after the genesis block, valid or not
 */
public record TestChain(
    String name, ChainSpec spec, Block genesis, OverlayState allocation, List<Block> blocks) {

  /**
   * Reads the chains of all blockchain tests below some paths, one at a time.
   *
   * @throws FixtureException where a path or a file cannot be read, or holds something else
   */
  public static void read(List<Path> paths, Selection selection, Consumer<TestChain> consumer) {
    CaseRunner runner =
        (name, test, wanted, verdicts) -> {
          if (wanted.wantsFork(Fields.text(test, "network"))) {
            consumer.accept(of(name, test));
          }
        };
    new Suite(() -> runner, selection, 1)
        .run(
            paths,
            refused -> {
              throw new FixtureException(refused.file() + ": " + refused.failure());
            });
  }

  private static TestChain of(String name, JsonNode test) {
    ChainSpec spec = Networks.of(Fields.text(test, "network"), test.path("config"));
    List<Block> blocks = new ArrayList<>();
    for (JsonNode block : Fields.node(test, "blocks")) {
      blocks.add(block(block, "rlp"));
    }
    return new TestChain(
        name, spec, block(test, "genesisRLP"), PreState.read(Fields.node(test, "pre")), blocks);
  }

  private static Block block(JsonNode parent, String field) {
    try {
      return Block.decode(Fields.bytes(parent, field));
    } catch (RlpException e) {
      throw new FixtureException("field " + field + ": " + e.getMessage(), e);
    }
  }
}
