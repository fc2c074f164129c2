package io.rekindle.partitioner;

import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.UInt256;

/**
 * A state key as a value, for reports. Planning works on the numbers of {@link StateKeys}.
 *
 * @param kind null where the key stands for the account as a whole ({@link KeyLevel#ACCOUNT})
 * @param slot of {@link KeyKind#SLOT}, else null
 */
public record StateKey(Address address, KeyKind kind, UInt256 slot) {
  @Override
  public String toString() {
    if (kind == null) {
      return address.toString();
    }
    return address + (slot == null ? " " + kind : " slot " + slot.toHex());
  }
}
