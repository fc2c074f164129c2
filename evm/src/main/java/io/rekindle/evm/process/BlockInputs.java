package io.rekindle.evm.process;

import io.rekindle.evm.chain.Block;
import io.rekindle.evm.chain.Header;
import io.rekindle.evm.engine.AncestorHashes;
import io.rekindle.evm.engine.BlockContext;
import io.rekindle.evm.fork.ChainSpec;
import io.rekindle.evm.fork.Fork;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import java.util.ArrayList;
import java.util.List;

/** Makes the inputs of execution out of a block: what its units share, and the units. */
public final class BlockInputs {
  private BlockInputs() {}

  public static BlockInput of(Block block, Fork fork, ChainSpec spec, AncestorHashes ancestors) {
    Header header = block.header();
    return new BlockInput(
        context(header, fork, spec.chainId(), ancestors),
        header.parentHash(),
        header.parentBeaconBlockRoot(),
        spec.isDaoFork(header.number()),
        block.transactions().size(),
        block.ommers(),
        block.withdrawals() == null ? List.of() : block.withdrawals());
  }

  /** What the EVM sees of a block with this header. */
  public static BlockContext context(
      Header header, Fork fork, UInt256 chainId, AncestorHashes ancestors) {
    return new BlockContext(
        fork,
        chainId,
        header.number(),
        header.timestamp(),
        header.coinbase(),
        header.gasLimit(),
        header.difficulty(),
        fork.proofOfStake() ? header.mixHash() : Hash.ZERO,
        header.baseFee() == null ? UInt256.ZERO : header.baseFee(),
        blobBaseFee(header, fork),
        ancestors);
  }

  private static UInt256 blobBaseFee(Header header, Fork fork) {
    return fork.blobSchedule() == null || header.excessBlobGas() == null
        ? UInt256.ZERO
        : BlobFee.of(header.excessBlobGas(), fork.blobSchedule());
  }

  /**
   * The units of a block in chain order. A block whose rules have nothing to open or to close has
   * no such unit.
   *
   * @param senders of the transactions, in order; null where none can be recovered
   */
  public static List<Unit> units(BlockInput input, Block block, List<Address> senders) {
    List<Unit> units = new ArrayList<>(block.transactions().size() + 2);
    Fork fork = input.context().fork();
    if (input.daoFork() || fork.beaconRoots() || fork.historyStorage()) {
      units.add(new Unit.Opening(input));
    }
    for (int index = 0; index < block.transactions().size(); index++) {
      units.add(
          new Unit.TransactionUnit(
              input, index, block.transactions().get(index), senders.get(index)));
    }
    if (fork.blockReward() != 0 || !input.withdrawals().isEmpty() || fork.requests()) {
      units.add(new Unit.Closing(input));
    }
    return units;
  }
}
