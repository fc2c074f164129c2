package io.rekindle.snapshot.store;

import io.rekindle.evm.state.Account;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import java.nio.ByteBuffer;

/**
 * An account in a layer: key (32 bytes), flags (1), address (20, zeros where not known), nonce (8),
 * balance (32), code hash (32), place of its first slot (8), slots in this layer (8), slots of its
 * storage that are not zero (8). Big-endian.
 *
 * @param firstSlot index in the slot file of the same partition
 * @param slotCount slots that this layer lists
 * @param nonZeroSlots of the whole storage, as of this layer
 */
record AccountRecord(
    Hash key,
    int flags,
    Address address,
    Account account,
    long firstSlot,
    long slotCount,
    long nonZeroSlots) {
  static final int SIZE = 149;

  /** The account exists. */
  static final int EXISTS = 1;

  /** Its storage in older layers is gone. */
  static final int CLEARED = 2;

  /** The address is known. */
  static final int HAS_ADDRESS = 4;

  boolean is(int flag) {
    return (flags & flag) != 0;
  }

  void write(ByteBuffer out) {
    byte[] word = new byte[32];
    out.put(key.toBytes());
    out.put((byte) flags);
    out.put(address.toBytes());
    out.putLong(account.nonce());
    account.balance().toBytes(word, 0);
    out.put(word);
    out.put(account.codeHash().toBytes());
    out.putLong(firstSlot);
    out.putLong(slotCount);
    out.putLong(nonZeroSlots);
  }

  static AccountRecord read(byte[] bytes, int at) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    return new AccountRecord(
        Hash.ofBytes(bytes, at),
        bytes[at + 32],
        Address.ofBytes(bytes, at + 33),
        new Account(
            in.getLong(at + 53), UInt256.ofBytes32(bytes, at + 61), Hash.ofBytes(bytes, at + 93)),
        in.getLong(at + 125),
        in.getLong(at + 133),
        in.getLong(at + 141));
  }
}
