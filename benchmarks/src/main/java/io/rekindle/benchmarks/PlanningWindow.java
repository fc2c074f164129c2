package io.rekindle.benchmarks;

import io.rekindle.evm.engine.BlockContext;
import io.rekindle.evm.fork.Fork;
import io.rekindle.evm.process.BlockInput;
import io.rekindle.evm.process.Unit;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import io.rekindle.partitioner.AccessHints;
import io.rekindle.partitioner.AccessMode;
import io.rekindle.partitioner.HintSource;
import io.rekindle.partitioner.KeyKind;
import io.rekindle.partitioner.WindowUnits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A window of 100,000 units with 20 touches each, drawn once into flat arrays: senders, contracts
 * by a power law, slots of a contract that many share and slots of few.
 */
final class PlanningWindow {
  static final int UNITS = 100_000;
  static final int TOUCHES = 20 * UNITS;

  /** Touches of a unit that are not of slots: sender, coinbase, recipient's code. */
  private static final int ACCOUNT_TOUCHES = 4;

  private static final int SLOTS = TOUCHES / UNITS - ACCOUNT_TOUCHES;
  private static final int BLOCK = 200;
  private static final Address COINBASE = Address.of(7, 7, 7);

  private final int[] senders = new int[UNITS];
  private final int[] contracts = new int[UNITS];
  private final long[] slots = new long[UNITS * SLOTS];
  private final boolean[] written = new boolean[UNITS * SLOTS];
  private final long[] costs = new long[UNITS];

  /**
   * @param hotShare of the units write a slot that all users of their contract share, 0..1
   */
  PlanningWindow(double hotShare, long seed) {
    Random random = new Random(seed);
    for (int unit = 0; unit < UNITS; unit++) {
      senders[unit] = random.nextInt(3 * UNITS / 4);
      contracts[unit] = (int) Math.min(4_000, Math.pow(random.nextDouble(), -0.8) - 1);
      costs[unit] = 21_000 + (long) (60_000 * Math.exp(0.9 * random.nextGaussian()));
      boolean hot = random.nextDouble() < hotShare;
      for (int slot = 0; slot < SLOTS; slot++) {
        int at = unit * SLOTS + slot;
        boolean common = slot < SLOTS / 4;
        // Read by all, written only by the hot; the rest belong to sender or to a counterpart.
        slots[at] = common ? slot : 1_000 + random.nextInt(8 * UNITS) * 31L + slot;
        written[at] = common ? slot == 0 && hot : slot % 2 == 0;
      }
    }
  }

  /** The hints, as a reader of sidecars gives them: touch by touch, as values. */
  AccessHints hints() {
    AccessHints.Builder hints = AccessHints.builder();
    for (int unit = 0; unit < UNITS; unit++) {
      hints.startUnit();
      Address sender = Address.of(1, 0, senders[unit]);
      Address contract = Address.of(2, 0, contracts[unit]);
      hints.add(sender, KeyKind.NONCE, AccessMode.DELTA, HintSource.SIDECAR);
      hints.add(sender, KeyKind.BALANCE, AccessMode.DELTA, HintSource.SIDECAR);
      hints.add(COINBASE, KeyKind.BALANCE, AccessMode.DELTA, HintSource.SIDECAR);
      hints.add(contract, KeyKind.CODE, AccessMode.READ, HintSource.SIDECAR);
      for (int at = unit * SLOTS; at < (unit + 1) * SLOTS; at++) {
        AccessMode mode = written[at] ? AccessMode.WRITE : AccessMode.READ;
        hints.addSlot(contract, slot(slots[at]), mode, HintSource.SIDECAR);
      }
    }
    return hints.build();
  }

  /** Small numbers as they are, larger ones spread over 256 bits as hashes are. */
  private static UInt256 slot(long number) {
    return number < 1_000
        ? UInt256.of(number)
        : UInt256.of(
            number * 0x9E3779B97F4A7C15L,
            number * 0xC2B2AE3D27D4EB4FL,
            number * 0x165667B19E3779F9L,
            number * 0xD6E8FEB86659FD93L);
  }

  WindowUnits units(AccessHints hints) {
    List<Unit> units = new ArrayList<>(UNITS);
    Unit opening = null;
    for (int unit = 0; unit < UNITS; unit++) {
      if (unit % BLOCK == 0) {
        opening = new Unit.Opening(block(unit / BLOCK));
      }
      units.add(opening);
    }
    return new WindowUnits(units, Arrays.copyOf(costs, UNITS), hints);
  }

  private static BlockInput block(long number) {
    BlockContext context =
        new BlockContext(
            Fork.OSAKA,
            UInt256.ONE,
            number,
            0,
            COINBASE,
            0,
            UInt256.ZERO,
            Hash.ZERO,
            UInt256.ZERO,
            UInt256.ZERO,
            ancestor -> Hash.ZERO);
    return new BlockInput(context, Hash.ZERO, null, false, 1, List.of(), List.of());
  }
}
