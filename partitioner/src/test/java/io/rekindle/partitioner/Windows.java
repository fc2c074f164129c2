package io.rekindle.partitioner;

import io.rekindle.evm.engine.BlockContext;
import io.rekindle.evm.fork.Fork;
import io.rekindle.evm.process.BlockInput;
import io.rekindle.evm.process.Unit;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import java.util.ArrayList;
import java.util.List;

/** Builds windows from touches alone: what planning looks at, without transactions. */
final class Windows {
  private final AccessHints.Builder hints = AccessHints.builder();
  private final List<Unit> units = new ArrayList<>();
  private final List<Long> costs = new ArrayList<>();
  private final int unitsPerBlock;

  Windows(int unitsPerBlock) {
    this.unitsPerBlock = unitsPerBlock;
  }

  static Address address(long number) {
    return Address.of(0, 0, number);
  }

  /** The next unit in chain order. */
  Windows unit(long cost) {
    BlockContext context =
        new BlockContext(
            Fork.CANCUN,
            UInt256.ONE,
            units.size() / unitsPerBlock,
            0,
            Address.ZERO,
            0,
            UInt256.ZERO,
            Hash.ZERO,
            UInt256.ZERO,
            UInt256.ZERO,
            number -> Hash.ZERO);
    BlockInput block = new BlockInput(context, Hash.ZERO, null, false, 1, List.of(), List.of());
    units.add(new Unit.Opening(block));
    costs.add(cost);
    hints.startUnit();
    return this;
  }

  /** A touch of the last unit. */
  Windows slot(long account, long slot, AccessMode mode) {
    hints.addSlot(address(account), UInt256.of(slot), mode, HintSource.SIDECAR);
    return this;
  }

  Windows balance(long account, AccessMode mode) {
    hints.add(address(account), KeyKind.BALANCE, mode, HintSource.SIDECAR);
    return this;
  }

  Windows code(long account, AccessMode mode, HintSource source) {
    hints.add(address(account), KeyKind.CODE, mode, source);
    return this;
  }

  Windows nonce(long account, AccessMode mode) {
    hints.add(address(account), KeyKind.NONCE, mode, HintSource.SIDECAR);
    return this;
  }

  WindowUnits build() {
    long[] array = costs.stream().mapToLong(Long::longValue).toArray();
    return new WindowUnits(List.copyOf(units), array, hints.build());
  }
}
