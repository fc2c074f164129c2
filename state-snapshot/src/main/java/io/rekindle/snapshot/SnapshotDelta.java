package io.rekindle.snapshot;

import io.rekindle.evm.state.Account;
import io.rekindle.evm.state.OverlayState;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.UInt256;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What leads from one snapshot to the next: accounts as they are afterwards and the slots written.
 * Immutable. Fits only the snapshot that it was made from.
 */
public final class SnapshotDelta {
  private final long baseId;
  private final Layer layer;
  private final long id;

  SnapshotDelta(long baseId, Layer layer) {
    this.baseId = baseId;
    this.layer = layer;
    this.id = Layer.mix(baseId, layer.digest());
  }

  /** Makes a delta of everything that changed in an overlay whose base was the snapshot. */
  public static SnapshotDelta of(Snapshot base, OverlayState overlay) {
    List<Address> addresses = new ArrayList<>(overlay.changes().keySet());
    // The order of a hash map is nothing to name a state by.
    addresses.sort(null);
    LayerBuilder builder = new LayerBuilder(addresses.size(), 4 * addresses.size());
    for (Address address : addresses) {
      add(builder, base, address, overlay.changes().get(address));
    }
    overlay.codes().values().forEach(builder::code);
    return new SnapshotDelta(base.id(), builder.build());
  }

  private static void add(
      LayerBuilder builder, Snapshot base, Address address, OverlayState.Change change) {
    Layer before = null;
    int number = -1;
    for (int i = base.layers().length - 1; i >= 0 && number < 0; i--) {
      before = base.layers()[i];
      number = before.find(address);
    }
    boolean listed = number >= 0;
    boolean existed = listed && before.is(number, Layer.EXISTS);
    boolean cleared = change.cleared();
    boolean known =
        base.complete() || cleared || !existed || before.is(number, Layer.STORAGE_KNOWN);
    boolean hadStorage = !cleared && listed && before.is(number, Layer.HAS_STORAGE);
    Account account = change.account();
    int flags =
        (account == null ? 0 : Layer.EXISTS)
            | (cleared ? Layer.CLEARED : 0)
            | (known ? Layer.STORAGE_KNOWN : 0)
            | (hadStorage ? Layer.HAS_STORAGE : 0);
    int incarnation = (listed ? before.incarnation(number) : 0) + (cleared ? 1 : 0);
    int added =
        builder.account(address, account == null ? Account.EMPTY : account, flags, incarnation);
    if (account != null) {
      int count = existed && !cleared ? before.nonZeroSlots(number) : 0;
      builder.nonZeroSlots(added, count + addSlots(builder, added, base, address, change));
    }
  }

  /** Adds the slots written; answers by how many the non-zero ones become more. */
  private static int addSlots(
      LayerBuilder builder,
      int account,
      Snapshot base,
      Address address,
      OverlayState.Change change) {
    int more = 0;
    List<UInt256> slots = new ArrayList<>(change.slots().keySet());
    slots.sort(null);
    Map<UInt256, UInt256> values = change.slots();
    for (UInt256 slot : slots) {
      UInt256 value = values.get(slot);
      builder.slot(account, slot, value);
      UInt256 before = change.cleared() ? UInt256.ZERO : base.listed(address, slot);
      boolean was = before != null && !before.isZero();
      more += (value.isZero() ? 0 : 1) - (was ? 1 : 0);
    }
    return more;
  }

  /** The snapshot that it fits. */
  public long baseId() {
    return baseId;
  }

  /** The snapshot that it leads to. */
  public long id() {
    return id;
  }

  /** Accounts changed. */
  public int accountCount() {
    return layer.accountCount;
  }

  /** Slots written. */
  public int slotCount() {
    return layer.slots.count;
  }

  Layer layer() {
    return layer;
  }
}
