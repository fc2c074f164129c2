package io.rekindle.job.table;

import static io.rekindle.job.table.RowOutput.number;
import static io.rekindle.job.table.RowOutput.text;

import io.rekindle.evm.chain.Block;
import io.rekindle.evm.chain.Header;
import io.rekindle.evm.process.BlockCheck;
import io.rekindle.evm.process.Unit;
import io.rekindle.job.table.RowOutput.Wei;
import io.rekindle.job.window.WindowBlocks;
import io.rekindle.merge.MergedWindow;
import io.rekindle.merge.UnitRun;
import io.rekindle.merge.WindowSidecars;
import io.rekindle.snapshot.sidecar.Sidecar;
import io.rekindle.snapshot.sidecar.SidecarBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Makes the rows of one finished block. */
public final class BlockRows {
  /** Blocks of one {@code block_range}. */
  public static final long RANGE = 1000;

  private BlockRows() {}

  /** Hands over the rows of a block, for each table in chain order. */
  public static void write(WindowBlocks window, RowTask task, RowSink sink) {
    int index = task.block().block();
    Header header = window.block(index).header();
    RowOutput rows = new RowOutput(sink, window.spec().chainId().toLongSaturated(), header);
    addBlock(window, index, rows);
    addChecks(task.checks(), rows);
    if (task.valid()) {
      TransactionRows.write(window, task, rows);
    }
    for (int unit = 0; unit < task.block().outcomes().size(); unit++) {
      UnitRows.write(
          window.units().get(window.firstUnit(index) + unit),
          task.block().outcomes().get(unit),
          task.facts().get(unit),
          rows);
    }
    PlanRows.write(task, firstIndex(window, index), rows);
    if (sink.wants(Table.SIDECARS) && task.valid()) {
      addSidecar(window, task, rows);
    }
  }

  /** A block without an opening starts with its first transaction, whose access index is 1. */
  static int firstIndex(WindowBlocks window, int block) {
    int first = window.firstUnit(block);
    return first == window.firstUnit(block + 1) ? 0 : window.units().get(first).blockAccessIndex();
  }

  private static void addBlock(WindowBlocks window, int index, RowOutput rows) {
    Block block = window.block(index);
    Header header = block.header();
    Encoding hex = rows.encoding();
    rows.add(
        Table.BLOCKS,
        hex.hash(window.hash(index)),
        hex.hash(header.parentHash()),
        hex.address(header.coinbase()),
        hex.hash(header.stateRoot()),
        hex.hash(header.transactionsRoot()),
        hex.hash(header.receiptsRoot()),
        hex.hash(header.withdrawalsRoot()),
        hex.hash(header.requestsHash()),
        hex.bytes(header.logsBloom()),
        hex.bytes(header.extraData()),
        header.gasUsed(),
        header.gasLimit(),
        number(header.baseFee()),
        header.blobGasUsed(),
        header.excessBlobGas(),
        window.ommersKnown(index) ? (long) block.encoded().length : null,
        (long) block.transactions().size(),
        new Wei(header.difficulty()),
        new Wei(window.totalDifficulty(index)),
        block.withdrawals() == null
            ? null
            : RowOutput.array(
                block.withdrawals(),
                withdrawal ->
                    RowOutput.struct(
                        withdrawal.index(),
                        withdrawal.validatorIndex(),
                        hex.address(withdrawal.address()),
                        withdrawal.amount())));
  }

  private static void addSidecar(WindowBlocks window, RowTask task, RowOutput rows) {
    int index = task.block().block();
    List<Unit> units = window.units().subList(window.firstUnit(index), window.firstUnit(index + 1));
    List<UnitRun> runs = new ArrayList<>(units.size());
    for (int i = 0; i < units.size(); i++) {
      runs.add(new UnitRun(i, task.block().outcomes().get(i), 0));
    }
    FactsState before = FactsState.of(task);
    Sidecar sidecar =
        runs.isEmpty()
            ? new SidecarBuilder(before).build()
            : WindowSidecars.of(units, new MergedWindow(runs, List.of(), null), before).get(0);
    rows.add(
        Table.SIDECARS,
        sidecar.listBytes(),
        rows.encoding().hash(sidecar.list().hash()),
        sidecar.extensionBytes());
  }

  private static void addChecks(List<BlockCheck> checks, RowOutput rows) {
    for (BlockCheck check : checks) {
      rows.add(
          Table.CHECKS,
          text(check.rule().name().toLowerCase(Locale.ROOT)),
          text(check.expected()),
          text(check.actual()),
          check.passed());
    }
  }
}
