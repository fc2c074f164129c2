package io.rekindle.snapshot.sidecar;

import io.rekindle.evm.word.Address;
import java.util.Arrays;
import java.util.List;

/**
 * What a block's units did touch. Two sidecars are the same if their bytes are.
 *
 * @param list EIP-7928's block access list
 * @param units the extension: one entry a unit, opening and closing included
 */
public record Sidecar(BlockAccessList list, List<UnitAccess> units) {

  /** The block access list's encoding. */
  public byte[] listBytes() {
    return BlockAccessListRlp.encode(list);
  }

  /** The extension's encoding. */
  public byte[] extensionBytes() {
    return SidecarExtensionRlp.encode(this);
  }

  /**
   * From the two encodings.
   *
   * @throws io.rekindle.evm.rlp.RlpException where bytes are not canonical
   * @throws IllegalArgumentException where list and extension do not fit, or the version is foreign
   */
  public static Sidecar decode(byte[] listBytes, byte[] extensionBytes) {
    BlockAccessList list = BlockAccessListRlp.decode(listBytes);
    Sidecar sidecar = new Sidecar(list, SidecarExtensionRlp.decode(list, extensionBytes));
    int units = sidecar.units().size();
    if (list.lastIndex() >= units) {
      throw new IllegalArgumentException(
          "block access list: a change by unit " + list.lastIndex() + " of " + units);
    }
    for (int unit = 0; unit < units; unit++) {
      Address before = null;
      for (AccountMark mark : sidecar.units().get(unit).marks()) {
        if (before != null && before.compareTo(mark.address()) >= 0) {
          throw new IllegalArgumentException(
              "sidecar extension: unit " + unit + ": the marks are not in order");
        }
        before = mark.address();
      }
    }
    return sidecar;
  }

  /** Whether both encodings are equal. */
  public boolean sameAs(Sidecar other) {
    return Arrays.equals(listBytes(), other.listBytes())
        && Arrays.equals(extensionBytes(), other.extensionBytes());
  }
}
