package io.rekindle.job.generate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rekindle.evm.crypto.Keccak256;
import io.rekindle.evm.fork.Fork;
import io.rekindle.evm.process.AssembledBlock;
import io.rekindle.evm.state.Log;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.job.generate.GeneratedChain.Done;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each kind of action is there for does occur, mostly succeeds, and sometimes fails. */
class GeneratedKindsTest {
  private static final String OPERATION = "(address,(address,uint256,bytes)[],bytes,uint256)";

  @TempDir private Path folder;

  private GeneratedChain chain(int blocks, long gas, Map<Action, Integer> mix) throws IOException {
    new ChainGenerator(new GeneratorSettings(blocks, gas, 64, 0.8, 0, Fork.OSAKA, 5, mix))
        .write(folder);
    return GeneratedChain.read(folder);
  }

  private GeneratedChain only(Action action) throws IOException {
    return chain(12, 4_000_000, Map.of(action, 1));
  }

  private static boolean calls(Done done, String signature) {
    byte[] input = done.transaction().input();
    byte[] selector = Arrays.copyOf(Abi.call(signature), 4);
    return input.length > 4 && Arrays.equals(Arrays.copyOf(input, 4), selector);
  }

  private static long count(List<Done> all, Predicate<Done> wanted) {
    return all.stream().filter(wanted).count();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "CLAIM; claim(uint256,address,uint256,bytes32[])",
        "PASSKEY; submit(bytes32,bytes32,uint256,bytes32,bytes32)",
        "LIQUIDATE; liquidate(address,uint256)",
        "LEND; borrow(uint256)",
        "BATCH; executeSigned((address,uint256,bytes)[],bytes)",
        "BUNDLE; handle(" + OPERATION + "[])",
        "PROVE; prove(bytes32,bytes32,bytes32,bytes)",
        "SALE; buy(address,uint256)",
      })
  void succeedsMostlyAndFailsSometimes(Action action, String signature) throws IOException {
    List<Done> all = only(action).done();
    long succeeded = count(all, one -> calls(one, signature) && one.receipt().success());
    long failed = count(all, one -> calls(one, signature) && !one.receipt().success());
    assertTrue(failed > 0 && succeeded > 2 * failed, succeeded + " and " + failed + " failed");
  }

  @Test
  void aBundleSkipsAnOperationThatItsOwnerDidNotSign() throws IOException {
    Hash handled =
        Keccak256.hash("Handled(address,address,bool,uint256)".getBytes(StandardCharsets.US_ASCII));
    List<Log> logs =
        only(Action.BUNDLE).done().stream()
            .flatMap(one -> one.receipt().logs().stream())
            .filter(log -> log.topics().get(0).equals(handled))
            .toList();
    long skipped = logs.stream().filter(log -> log.data()[31] == 0).count();
    assertTrue(skipped > 0 && skipped * 4 < logs.size(), skipped + " of " + logs.size());
  }

  @Test
  void accountsDelegateAndEndIt() throws IOException {
    GeneratedChain chain = only(Action.SETCODE);
    assertTrue(chain.transactions().stream().allMatch(one -> one.type() == 4));
    long ended =
        chain.transactions().stream()
            .flatMap(one -> one.authorizations().stream())
            .filter(one -> one.delegate().equals(Address.ZERO))
            .count();
    assertTrue(ended > 0);
    chain.process();
  }

  @Test
  void requestsReachTheHeader() throws IOException {
    List<AssembledBlock> blocks = only(Action.REQUEST).process();
    assertTrue(blocks.stream().allMatch(block -> block.requests().size() == 2));
  }

  @Test
  void theUsualMixHasEveryTypeOfTransaction() throws IOException {
    GeneratedChain chain = chain(8, 4_000_000, GeneratorSettings.usualMix(Fork.OSAKA));
    long[] types = new long[5];
    chain.transactions().forEach(one -> types[one.type()]++);
    assertEquals(5, Arrays.stream(types).filter(type -> type > 0).count(), Arrays.toString(types));
  }
}
