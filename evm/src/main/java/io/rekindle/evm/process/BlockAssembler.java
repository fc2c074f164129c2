package io.rekindle.evm.process;

import io.rekindle.evm.chain.Block;
import io.rekindle.evm.chain.LogsBloom;
import io.rekindle.evm.chain.Receipt;
import io.rekindle.evm.chain.Transaction;
import io.rekindle.evm.fork.Fork;
import io.rekindle.evm.process.UnitResult.Closed;
import io.rekindle.evm.process.UnitResult.Executed;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import java.util.ArrayList;
import java.util.List;

/**
 * Puts a block together out of the outcomes of its units, taken in order. Owns what no unit reads:
 * gas and blob gas used so far, receipts, blooms, and deposit requests, which are in the logs.
 */
public final class BlockAssembler {
  private final Block block;
  private final Fork fork;
  private final Address depositContract;

  private final List<Receipt> receipts = new ArrayList<>();
  private final List<byte[]> requests = new ArrayList<>();
  private long gasUsed;
  private long blobGasUsed;
  private boolean receiptsComplete = true;

  /**
   * @param depositContract whose logs are deposit requests (EIP-6110); null where the chain has
   *     none
   */
  public BlockAssembler(Block block, Fork fork, Address depositContract) {
    this.block = block;
    this.fork = fork;
    this.depositContract = depositContract;
  }

  /** Whether the next transaction fits what the block has left; the failing check, or null. */
  public BlockCheck checkAllowance(Transaction transaction) {
    long number = block.header().number();
    long gasLeft = block.header().gasLimit() - gasUsed;
    if (Long.compareUnsigned(transaction.gasLimit(), gasLeft) > 0) {
      return BlockCheck.failed(
          number,
          BlockRule.GAS_ALLOWANCE,
          "at most " + gasLeft,
          "transaction " + receipts.size() + " with " + transaction.gasLimit());
    }
    if (fork.blobSchedule() != null) {
      long blobGasLeft = fork.blobSchedule().max() * Charge.GAS_PER_BLOB - blobGasUsed;
      if (transaction.blobGas() > blobGasLeft) {
        return BlockCheck.failed(
            number,
            BlockRule.BLOB_GAS_ALLOWANCE,
            "at most " + blobGasLeft,
            "transaction " + receipts.size() + " with " + transaction.blobGas());
      }
    }
    return null;
  }

  /**
   * Takes the outcome of the next unit.
   *
   * @param stateRoot after the unit; used before Byzantium only, and null where it is not known
   * @return the check that failed, after which the block is invalid and takes no more; or null
   */
  public BlockCheck add(Unit unit, Outcome outcome, Hash stateRoot) {
    UnitResult result = outcome.result();
    if (result instanceof Executed executed) {
      return addTransaction(executed, outcome, stateRoot);
    }
    if (result instanceof Closed closed) {
      return addRequests(closed);
    }
    if (result instanceof UnitResult.Invalid invalid) {
      return failed(
          BlockRule.UNIT_VALID,
          "valid",
          place(unit) + ": " + invalid.reason() + ", " + invalid.detail());
    }
    if (result instanceof UnitResult.Unanswered unanswered) {
      return failed(
          BlockRule.STATE_COMPLETE, "complete", place(unit) + ": no " + unanswered.what());
    }
    return null;
  }

  private BlockCheck addTransaction(Executed executed, Outcome outcome, Hash stateRoot) {
    Transaction transaction = block.transactions().get(receipts.size());
    BlockCheck allowance = checkAllowance(transaction);
    if (allowance != null) {
      return allowance;
    }
    gasUsed += executed.gasUsed();
    blobGasUsed += transaction.blobGas();
    receiptsComplete &= fork.statusReceipts() || stateRoot != null;
    receipts.add(
        new Receipt(
            transaction.type(),
            fork.statusReceipts() ? null : stateRoot,
            executed.success(),
            gasUsed,
            LogsBloom.of(outcome.logs()),
            outcome.logs()));
    return null;
  }

  private BlockCheck addRequests(Closed closed) {
    if (!fork.requests()) {
      return null;
    }
    DepositRequests.Parsed deposits = DepositRequests.parse(receipts, depositContract);
    if (deposits.fault() != null) {
      return failed(BlockRule.DEPOSIT_LAYOUT, "the layout of EIP-6110", deposits.fault());
    }
    if (deposits.request() != null) {
      requests.add(deposits.request());
    }
    requests.addAll(closed.requests());
    return null;
  }

  private BlockCheck failed(BlockRule rule, String expected, String actual) {
    return BlockCheck.failed(block.header().number(), rule, expected, actual);
  }

  private static String place(Unit unit) {
    if (unit instanceof Unit.TransactionUnit transaction) {
      return "transaction " + transaction.index();
    }
    return unit instanceof Unit.Opening ? "opening" : "closing";
  }

  /** The block, once all of its units were added. */
  public AssembledBlock assemble() {
    return new AssembledBlock(
        List.copyOf(receipts),
        receiptsComplete,
        gasUsed,
        blobGasUsed,
        LogsBloom.ofReceipts(receipts),
        List.copyOf(requests));
  }
}
