package io.rekindle.evm.process;

import io.rekindle.evm.engine.BlockContext;
import io.rekindle.evm.engine.MessageResult;
import io.rekindle.evm.process.UnitResult.Executed;
import io.rekindle.evm.state.Journal;
import io.rekindle.evm.state.JournalAccount;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.UInt256;

/**
 * The last phase of a transaction: refunds (EIP-3529), the call data floor (EIP-7623), what is left
 * of the gas back to the sender, and the tip to the fee recipient. The base fee and the blob fee go
 * to nobody: they were taken and are not given on.
 *
 * <p>Both payments are deltas that teach nothing. Accounts that destroyed themselves go last, with
 * what they were paid here; the write set says so.
 */
final class PostExecution {
  private PostExecution() {}

  static Executed settle(
      Journal journal,
      BlockContext block,
      JournalAccount sender,
      long gasLimit,
      IntrinsicGas intrinsic,
      Charge charge,
      MessageResult result,
      Address created) {
    if (!result.succeeded()) {
      journal.forgetSurvivingTouch();
    }
    long used = gasLimit - result.gasLeft();
    long refund = Math.min(used / block.fork().maxRefundQuotient(), journal.refund());
    long charged = Math.max(used - refund, intrinsic.floor());
    journal.addBalance(sender, charge.gasPrice().multiply(UInt256.of(gasLimit - charged)));
    journal.addBalance(
        journal.account(block.coinbase()), charge.tip().multiply(UInt256.of(charged)));
    return new Executed(result.halt(), charged, refund, result.output(), created);
  }
}
