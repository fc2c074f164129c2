package io.rekindle.evm.process;

import io.rekindle.evm.chain.Header;
import io.rekindle.evm.chain.Withdrawal;
import io.rekindle.evm.engine.BlockContext;
import io.rekindle.evm.engine.EvmEngine;
import io.rekindle.evm.engine.ExecutionObserver;
import io.rekindle.evm.engine.MessageResult;
import io.rekindle.evm.state.Journal;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.UInt256;
import java.util.ArrayList;
import java.util.List;

/** What happens after a block's last transaction: rewards or withdrawals, and the dequeues. */
final class BlockClosing {
  private static final UInt256 GWEI = UInt256.of(1_000_000_000L);

  /** A dequeue of requests by a system contract. */
  private record Queue(byte type, Address contract) {}

  /** In order of request type (EIP-7685): EIP-7002, EIP-7251. */
  private static final List<Queue> QUEUES =
      List.of(
          new Queue((byte) 1, Address.ofHex("0x00000961ef480eb55e80d19ad83579a64c007002")),
          new Queue((byte) 2, Address.ofHex("0x0000bbddc7ce488642fb579f8b00f3a590007251")));

  private BlockClosing() {}

  static UnitResult process(
      Journal journal, EvmEngine engine, BlockInput input, ExecutionObserver observer) {
    BlockContext block = input.context();
    if (block.fork().blockReward() != 0) {
      payRewards(journal, input);
    }
    for (Withdrawal withdrawal : input.withdrawals()) {
      UInt256 wei = UInt256.of(withdrawal.amount()).multiply(GWEI);
      journal.addBalance(journal.account(withdrawal.address()), wei);
    }
    List<byte[]> requests = new ArrayList<>();
    if (block.fork().requests()) {
      for (Queue queue : QUEUES) {
        MessageResult result =
            SystemCall.run(journal, engine, block, queue.contract, new byte[0], observer);
        if (result == null) {
          return new UnitResult.Invalid(
              InvalidReason.SYSTEM_CONTRACT_EMPTY, queue.contract + " has no code");
        }
        if (!result.succeeded()) {
          return new UnitResult.Invalid(
              InvalidReason.SYSTEM_CALL_FAILED, queue.contract + ": " + result.halt());
        }
        if (result.output().length > 0) {
          requests.add(typed(queue.type, result.output()));
        }
      }
    }
    return new UnitResult.Closed(List.copyOf(requests));
  }

  /**
   * The author's reward, a 32nd more for each ommer, and each ommer's, an eighth less for each
   * block of age (Yellow Paper section 11.3). Credits teach nothing of a balance.
   */
  private static void payRewards(Journal journal, BlockInput input) {
    BlockContext block = input.context();
    long reward = block.fork().blockReward();
    long author = reward + input.ommers().size() * (reward / 32);
    journal.addBalance(journal.account(block.coinbase()), UInt256.of(author));
    for (Header ommer : input.ommers()) {
      long eighths = 8 - (block.number() - ommer.number());
      UInt256 share = UInt256.of(reward / 8 * eighths);
      journal.addBalance(journal.account(ommer.coinbase()), share);
    }
  }

  private static byte[] typed(byte type, byte[] data) {
    byte[] request = new byte[data.length + 1];
    request[0] = type;
    System.arraycopy(data, 0, request, 1, data.length);
    return request;
  }
}
