package io.rekindle.job.fetch;

import io.rekindle.evm.chain.Block;
import io.rekindle.evm.chain.Header;
import io.rekindle.evm.chain.Withdrawal;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.UInt256;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The accounts, and slots of theirs, that a block's opening and closing touch, as its header and
 * body tell: none of its transactions need touch them, so that no trace shows them.
 */
final class SystemAccounts {
  /** EIP-4788, and the length of its ring of timestamps, which that of roots follows. */
  static final Address BEACON_ROOTS = Address.ofHex("0x000f3df6d732807ef1319fb7b8bb8522d0beac02");

  private static final long BEACON_RING = 8191;

  /** EIP-2935. */
  static final Address HISTORY_STORAGE =
      Address.ofHex("0x0000f90827f1c53a10cb7a02335b175320002935");

  private static final long HISTORY_RING = 8191;

  /** EIP-7002: a request is three slots, a block takes sixteen at most. */
  static final Address WITHDRAWAL_QUEUE =
      Address.ofHex("0x00000961ef480eb55e80d19ad83579a64c007002");

  /** EIP-7251: a request is four slots, a block takes two at most. */
  static final Address CONSOLIDATION_QUEUE =
      Address.ofHex("0x0000bbddc7ce488642fb579f8b00f3a590007251");

  /** Excess, count, head and tail of a queue; the requests follow. */
  private static final int QUEUE_HEAD = 2;

  private static final int QUEUE_START = 4;

  private SystemAccounts() {}

  /**
   * A queue of requests that the closing takes from.
   *
   * @param requestSlots slots of a request
   * @param perBlock requests that a block takes at most
   */
  record Queue(Address contract, int requestSlots, int perBlock) {
    UInt256 headSlot() {
      return UInt256.of(QUEUE_HEAD);
    }

    /** The slots that a closing reads, with the head of the queue as it is before the block. */
    SortedSet<UInt256> slots(long head) {
      SortedSet<UInt256> slots = new TreeSet<>();
      for (int slot = 0; slot < QUEUE_START; slot++) {
        slots.add(UInt256.of(slot));
      }
      for (int i = 0; i < requestSlots * perBlock; i++) {
        slots.add(UInt256.of(QUEUE_START + head * requestSlots + i));
      }
      return slots;
    }
  }

  static Set<Queue> queues(Header header) {
    return header.requestsHash() == null
        ? Set.of()
        : Set.of(new Queue(WITHDRAWAL_QUEUE, 3, 16), new Queue(CONSOLIDATION_QUEUE, 4, 2));
  }

  /** Slots of the beacon roots' ring (EIP-4788) that the opening writes. */
  static SortedSet<UInt256> beaconSlots(Header header) {
    long at = Long.remainderUnsigned(header.timestamp(), BEACON_RING);
    return new TreeSet<>(Set.of(UInt256.of(at), UInt256.of(at + BEACON_RING)));
  }

  /** The slot of the ring of block hashes (EIP-2935) that the opening writes. */
  static SortedSet<UInt256> historySlots(Header header) {
    return new TreeSet<>(Set.of(UInt256.of((header.number() - 1) % HISTORY_RING)));
  }

  /** Accounts that are credited at the closing: for blocks, ommers and withdrawals. */
  static SortedSet<Address> credited(Block block) {
    SortedSet<Address> credited = new TreeSet<>();
    if (!block.header().difficulty().isZero()) {
      credited.add(block.header().coinbase());
      block.ommers().forEach(ommer -> credited.add(ommer.coinbase()));
    }
    if (block.withdrawals() != null) {
      for (Withdrawal withdrawal : block.withdrawals()) {
        credited.add(withdrawal.address());
      }
    }
    return credited;
  }
}
