package io.rekindle.benchmarks;

import io.rekindle.evm.state.Account;
import io.rekindle.evm.state.Code;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.UInt256;
import io.rekindle.snapshot.StateSink;
import java.util.Random;

/**
 * A made-up state of accounts with slots, all of random keys and values, and an endless walk over
 * them in random order. What the walk gives lies in memory in its order, so that the walk itself
 * misses no cache.
 */
final class StateKeys {
  private static final int SLOT_WORDS = 4;
  private static final int STEPS = 1 << 20;

  private final Address[] addresses;
  private final int slotsEach;
  private final long[] slotKeys;
  private final Address[] stepAddresses = new Address[STEPS];
  private final long[] stepKeys = new long[SLOT_WORDS * STEPS];
  private int next;

  /**
   * @param slotsEach 0 for accounts alone
   */
  StateKeys(int accounts, int slotsEach, long seed) {
    Random random = new Random(seed);
    this.addresses = new Address[accounts];
    this.slotsEach = slotsEach;
    this.slotKeys = random.longs((long) SLOT_WORDS * accounts * slotsEach).toArray();
    for (int i = 0; i < accounts; i++) {
      addresses[i] =
          Address.of(random.nextInt() & 0xFFFFFFFFL, random.nextLong(), random.nextLong());
    }
    for (int step = 0; step < STEPS; step++) {
      int account = random.nextInt(accounts);
      Address address = addresses[account];
      stepAddresses[step] = Address.of(address.limb2(), address.limb1(), address.limb0());
      if (slotsEach > 0) {
        int slot = account * slotsEach + random.nextInt(slotsEach);
        System.arraycopy(slotKeys, SLOT_WORDS * slot, stepKeys, SLOT_WORDS * step, SLOT_WORDS);
      }
    }
  }

  void writeTo(StateSink sink) {
    Random random = new Random(1);
    for (int i = 0; i < addresses.length; i++) {
      UInt256 balance = UInt256.of(0, 0, random.nextInt(1 << 20), random.nextLong());
      sink.account(addresses[i], new Account(random.nextInt(1000), balance, Code.EMPTY_HASH));
      for (int slot = i * slotsEach; slot < (i + 1) * slotsEach; slot++) {
        sink.slot(
            UInt256.ofLimbs(slotKeys, SLOT_WORDS * slot),
            UInt256.of(0, 0, random.nextLong(), random.nextLong()));
      }
    }
  }

  /** Steps on; {@link #address} and {@link #slot} are of the step. */
  void step() {
    step(1);
  }

  /** As many steps at once. */
  void step(int count) {
    next = (next + count) & (STEPS - 1);
  }

  Address address() {
    return stepAddresses[next];
  }

  UInt256 slot() {
    return UInt256.ofLimbs(stepKeys, SLOT_WORDS * next);
  }
}
