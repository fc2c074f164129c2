package io.rekindle.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.rekindle.evm.chain.Senders;
import io.rekindle.evm.chain.Transaction;
import io.rekindle.evm.crypto.Keccak256;
import io.rekindle.evm.engine.BlockContext;
import io.rekindle.evm.engine.EvmEngine;
import io.rekindle.evm.fork.ChainSpec;
import io.rekindle.evm.fork.Fork;
import io.rekindle.evm.process.BlobFee;
import io.rekindle.evm.process.BlockInput;
import io.rekindle.evm.process.Outcome;
import io.rekindle.evm.process.Unit;
import io.rekindle.evm.process.UnitExecutor;
import io.rekindle.evm.process.UnitResult;
import io.rekindle.evm.rlp.RlpException;
import io.rekindle.evm.rlp.RlpWriter;
import io.rekindle.evm.state.Log;
import io.rekindle.evm.state.OverlayState;
import io.rekindle.evm.trie.StateRoot;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Judges state tests: one transaction on a state that is given whole, with the root of the state
 * and the hash of the logs after it. A transaction that the test calls invalid must be refused, for
 * the reason that the test names, and must leave the state alone.
 */
final class StateTest implements CaseRunner {
  private static final Hash NO_HASH = Hash.ZERO;

  private final UnitExecutor executor;

  StateTest(EvmEngine engine) {
    this.executor = new UnitExecutor(engine);
  }

  @Override
  public void run(String name, JsonNode test, Selection selection, Verdicts verdicts) {
    for (Map.Entry<String, JsonNode> fork : Fields.node(test, "post").properties()) {
      if (!selection.wantsFork(fork.getKey())) {
        continue;
      }
      for (JsonNode post : fork.getValue()) {
        String caseName = name + " " + fork.getKey() + indexes(post);
        verdicts.add(caseName, fork.getKey(), Failure.of(() -> judge(test, fork.getKey(), post)));
      }
    }
  }

  private static String indexes(JsonNode post) {
    JsonNode indexes = Fields.node(post, "indexes");
    return " d" + indexes.path("data") + " g" + indexes.path("gas") + " v" + indexes.path("value");
  }

  /** Why the case fails, or null. */
  private String judge(JsonNode test, String network, JsonNode post) {
    OverlayState state = PreState.read(Fields.node(test, "pre"));
    String expected =
        post.hasNonNull("expectException") ? Fields.text(post, "expectException") : null;
    Rejection rejection = null;
    List<Log> logs = List.of();
    try {
      Outcome outcome = execute(test, network, post, state);
      if (outcome.result() instanceof UnitResult.Invalid invalid) {
        rejection = new Rejection(invalid.reason(), invalid.detail());
      } else if (outcome.result() instanceof UnitResult.Executed) {
        state.apply(outcome.writes());
        logs = outcome.logs();
      } else {
        return "ended as " + outcome.result();
      }
    } catch (RlpException e) {
      rejection = new Rejection(e.problem(), e.getMessage());
    }
    String failure = ExpectedException.judge(expected, rejection);
    if (failure != null) {
      return failure;
    }
    Hash root = StateRoot.of(state);
    if (!root.equals(Fields.hash(post, "hash"))) {
      return "state root "
          + root
          + ", expected "
          + Fields.hash(post, "hash")
          + difference(post, state);
    }
    Hash logsHash = hash(logs);
    if (!logsHash.equals(Fields.hash(post, "logs"))) {
      return "logs hash " + logsHash + ", expected " + Fields.hash(post, "logs");
    }
    return null;
  }

  private Outcome execute(JsonNode test, String network, JsonNode post, OverlayState state) {
    JsonNode env = Fields.node(test, "env");
    JsonNode config = test.path("config");
    ChainSpec spec = Networks.of(network, config);
    Fork fork =
        spec.forkAt(Fields.number(env, "currentNumber"), Fields.number(env, "currentTimestamp"));
    Transaction transaction = Transaction.decode(Fields.bytes(post, "txbytes"));
    BlockInput input =
        new BlockInput(
            block(env, fork, spec.chainId()), NO_HASH, NO_HASH, false, 1, List.of(), List.of());
    Unit unit = new Unit.TransactionUnit(input, 0, transaction, Senders.recover(transaction));
    return executor.execute(state, unit, UnitExecutor.Mode.EXACT);
  }

  private static BlockContext block(JsonNode env, Fork fork, UInt256 chainId) {
    long number = Fields.number(env, "currentNumber");
    UInt256 blobBaseFee =
        env.hasNonNull("currentExcessBlobGas") && fork.blobSchedule() != null
            ? BlobFee.of(Fields.number(env, "currentExcessBlobGas"), fork.blobSchedule())
            : UInt256.ZERO;
    return new BlockContext(
        fork,
        chainId,
        number,
        Fields.number(env, "currentTimestamp"),
        Fields.address(env, "currentCoinbase"),
        Fields.number(env, "currentGasLimit"),
        Fields.quantityOr(env, "currentDifficulty", UInt256.ZERO),
        fork.proofOfStake() ? random(env) : Hash.ZERO,
        Fields.quantityOr(env, "currentBaseFee", UInt256.ZERO),
        blobBaseFee,
        StateTest::ancestorHash);
  }

  private static String difference(JsonNode post, OverlayState state) {
    return post.hasNonNull("state")
        ? StateDifference.first(
            PreState.read(Fields.node(post, "state")), state, state.changes().keySet())
        : "";
  }

  private static Hash random(JsonNode env) {
    return Hash.ofBytes(Fields.quantity(env, "currentRandom").toBytes());
  }

  /** By convention of these tests: keccak of the number in decimal digits. */
  private static Hash ancestorHash(long number) {
    return Keccak256.hash(Long.toString(number).getBytes(StandardCharsets.US_ASCII));
  }

  private static Hash hash(List<Log> logs) {
    RlpWriter writer = new RlpWriter();
    int all = writer.startList();
    for (Log log : logs) {
      int one = writer.startList();
      writer.address(log.address());
      int topics = writer.startList();
      log.topics().forEach(writer::hash);
      writer.endList(topics).bytes(log.data()).endList(one);
    }
    return Keccak256.hash(writer.endList(all).toBytes());
  }
}
