package io.rekindle.evm.process;

import static io.rekindle.evm.process.Scenario.CONTRACT;
import static io.rekindle.evm.process.Scenario.FRESH;
import static io.rekindle.evm.process.Scenario.SENDER;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rekindle.evm.chain.Block;
import io.rekindle.evm.chain.Roots;
import io.rekindle.evm.chain.Transaction;
import io.rekindle.evm.chain.Withdrawal;
import io.rekindle.evm.fork.ChainSpec;
import io.rekindle.evm.fork.Fork;
import io.rekindle.evm.fork.ForkSchedule;
import io.rekindle.evm.interpreter.Interpreter;
import io.rekindle.evm.process.BlockProcessor.StateRoots;
import io.rekindle.evm.trie.StateRoot;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A whole block held against its header: first every claim right, then each wrong alone. */
final class BlockProcessorTest {
  /** LOG0 without data. */
  private static final byte[] LOGS = Bytecode.of(0, 0, new byte[] {(byte) 0xa0});

  private final Chain chain = new Chain(Fork.SHANGHAI);

  private void assertBreaks(BlockRule rule, Consumer<HeaderDraft> change) {
    HeaderDraft header = chain.header();
    change.accept(header);
    BlockResult result = chain.process(header, StateRoot::of, chain.transactions);
    assertEquals(List.of(rule), result.failures().stream().map(BlockCheck::rule).toList());
    assertEquals(1_001, result.failures().get(0).block());
    assertNotEquals(result.failures().get(0).expected(), result.failures().get(0).actual());
  }

  @Test
  void rightClaimsHold() {
    BlockResult result = chain.process(chain.header(), StateRoot::of, chain.transactions);
    assertTrue(result.valid(), () -> result.failures().toString());
    assertEquals(2, result.assembled().receipts().size());
    assertEquals(
        result.assembled().gasUsed(), result.assembled().receipts().get(1).cumulativeGasUsed());
  }

  @Test
  void eachWrongClaimIsNamed() {
    assertBreaks(BlockRule.GAS_USED, header -> header.gasUsed++);
    assertBreaks(BlockRule.LOGS_BLOOM, header -> header.logsBloom = new byte[256]);
    assertBreaks(BlockRule.RECEIPTS_ROOT, header -> header.receiptsRoot = Hash.ZERO);
    assertBreaks(BlockRule.STATE_ROOT, header -> header.stateRoot = Hash.ZERO);
    assertBreaks(BlockRule.TRANSACTIONS_ROOT, header -> header.transactionsRoot = Hash.ZERO);
    assertBreaks(BlockRule.WITHDRAWALS_ROOT, header -> header.withdrawalsRoot = Hash.ZERO);
  }

  @Test
  void unknownStateRootIsNotChecked() {
    HeaderDraft header = chain.header();
    header.stateRoot = Hash.ZERO;
    assertTrue(chain.process(header, StateRoots.UNKNOWN, chain.transactions).valid());
  }

  @Test
  void receiptsBeforeByzantiumCarryStateRoots() {
    Chain old = new Chain(Fork.HOMESTEAD);
    HeaderDraft header = old.header();

    BlockResult result = old.process(header, StateRoot::of, old.transactions);
    assertTrue(result.valid(), () -> result.failures().toString());
    assertNotEquals(null, result.assembled().receipts().get(0).stateRoot());

    header.receiptsRoot = Hash.ZERO;
    assertTrue(
        old.process(header, StateRoots.UNKNOWN, old.transactions).valid(),
        "without state roots there is no receipts root to check");
  }

  @Test
  void invalidTransactionIsNamedWithItsReason() {
    HeaderDraft header = chain.header();
    List<Transaction> body = List.of(chain.transactions.get(1));
    header.transactionsRoot = Roots.transactions(body);

    BlockResult result = chain.process(header, StateRoot::of, body);

    assertEquals(BlockRule.UNIT_VALID, result.failures().get(0).rule());
    assertEquals(InvalidReason.NONCE_TOO_HIGH, result.invalid().reason());
    assertNull(result.assembled());
  }

  @Test
  void gasThatTheBlockHasLeftBoundsATransaction() {
    chain.scenario.gasLimit = 29_990_000;
    List<Transaction> body =
        List.of(
            chain.transactions.get(0),
            chain.scenario.transaction(1, FRESH, new byte[0], List.of()));
    HeaderDraft header = chain.header();
    header.transactionsRoot = Roots.transactions(body);

    BlockResult result = chain.process(header, StateRoot::of, body);

    assertEquals(BlockRule.GAS_ALLOWANCE, result.failures().get(0).rule());
  }

  /** A parent and a block on top of it, with a log, a transfer and a withdrawal. */
  private static final class Chain {
    private final Fork fork;
    private final Scenario scenario;
    private final Block parent;
    private final List<Transaction> transactions;
    private final List<Withdrawal> withdrawals = List.of(new Withdrawal(0, 0, FRESH, 9));

    private Chain(Fork fork) {
      this.fork = fork;
      scenario = new Scenario(fork).contract(CONTRACT, 0, LOGS);
      scenario.gasPrice = fork.baseFee() ? 2_000_000_000 : 10;
      scenario.put(SENDER, 0, UInt256.of(1L << 62));
      parent = new Block(HeaderDraft.of(fork).build(), List.of(), List.of(), null);
      transactions =
          List.of(
              scenario.transaction(0, CONTRACT, new byte[0], List.of()),
              scenario.transaction(1, FRESH, new byte[0], List.of()));
    }

    private BlockResult process(HeaderDraft header, StateRoots roots, List<Transaction> body) {
      ChainSpec spec =
          new ChainSpec("test", UInt256.ONE, ForkSchedule.always(fork), null, CONTRACT, null);
      Block block =
          new Block(header.build(), body, List.of(), fork.withdrawals() ? withdrawals : null);
      List<Address> senders = Collections.nCopies(body.size(), SENDER);
      return new BlockProcessor(new UnitExecutor(new Interpreter()), spec, roots)
          .process(
              block, senders, List.of(parent), number -> Hash.ZERO, new Chain(fork).scenario.state);
    }

    /** A header whose claims are all right. */
    private HeaderDraft header() {
      HeaderDraft header = HeaderDraft.after(parent.header(), fork);
      header.transactionsRoot = Roots.transactions(transactions);
      header.withdrawalsRoot = fork.withdrawals() ? Roots.withdrawals(withdrawals) : null;
      Hash[] last = new Hash[1];
      BlockResult draft =
          process(
              header,
              state -> {
                last[0] = StateRoot.of(state);
                return last[0];
              },
              transactions);
      header.gasUsed = draft.assembled().gasUsed();
      header.receiptsRoot = Roots.receipts(draft.assembled().receipts());
      header.logsBloom = draft.assembled().logsBloom();
      header.stateRoot = last[0];
      return header;
    }
  }
}
