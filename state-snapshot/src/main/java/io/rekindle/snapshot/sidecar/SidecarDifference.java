package io.rekindle.snapshot.sidecar;

import io.rekindle.evm.word.Address;

/**
 * An entry in which a sidecar and its block differ.
 *
 * @param blockAccessIndex of the unit, or -1 where the entry is of the whole block
 * @param address of the account; null where the entry is of no account
 * @param entry what it tells, such as {@code change of slot 0x0000...}
 * @param claimed by the sidecar; null where it has no such entry
 * @param observed in the block; null where there is no such thing
 */
public record SidecarDifference(
    int blockAccessIndex, Address address, String entry, String claimed, String observed) {
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    if (blockAccessIndex >= 0) {
      text.append("block access index ").append(blockAccessIndex).append(", ");
    }
    if (address != null) {
      text.append("account ").append(address).append(", ");
    }
    return text.append(entry)
        .append(": the sidecar has ")
        .append(claimed == null ? "none" : claimed)
        .append(", the block ")
        .append(observed == null ? "none" : observed)
        .toString();
  }
}
