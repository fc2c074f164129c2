package io.rekindle.snapshot.store;

import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import java.io.IOException;

/**
 * What a store's layers say of one account.
 *
 * @param records one a layer, the base's first; null where a layer does not list it
 */
record MergedAccount(AccountRecord[] records) {

  static StoreLayer.Cursor[] cursors(StateStore store) {
    StoreLayer.Cursor[] cursors = new StoreLayer.Cursor[store.layers().size()];
    for (int i = 0; i < cursors.length; i++) {
      cursors[i] = new StoreLayer.Cursor();
    }
    return cursors;
  }

  static MergedAccount find(StateStore store, Hash key, StoreLayer.Cursor[] cursors)
      throws IOException {
    AccountRecord[] records = new AccountRecord[cursors.length];
    for (int i = cursors.length - 1; i >= 0; i--) {
      records[i] = store.layers().get(i).account(key, cursors[i]);
    }
    return new MergedAccount(records);
  }

  /** The newest layer's record, or null where no layer lists the account. */
  AccountRecord newest() {
    for (int i = records.length - 1; i >= 0; i--) {
      if (records[i] != null) {
        return records[i];
      }
    }
    return null;
  }

  boolean exists() {
    AccountRecord newest = newest();
    return newest != null && newest.is(AccountRecord.EXISTS);
  }

  boolean hasStorage() {
    return exists() && newest().nonZeroSlots() > 0;
  }

  /** The value of a slot; zero where no layer lists it. */
  UInt256 storage(StateStore store, Hash slotKey, StoreLayer.Cursor[] cursors) throws IOException {
    UInt256 listed = listed(store, slotKey, cursors);
    return listed == null ? UInt256.ZERO : listed;
  }

  /** The value of a slot, or null where no layer says it. */
  UInt256 listed(StateStore store, Hash slotKey, StoreLayer.Cursor[] cursors) throws IOException {
    for (int i = records.length - 1; i >= 0; i--) {
      AccountRecord record = records[i];
      if (record == null) {
        continue;
      }
      if (!record.is(AccountRecord.EXISTS)) {
        return UInt256.ZERO;
      }
      SlotRecord slot = store.layers().get(i).slot(record, slotKey, cursors[i]);
      if (slot != null) {
        return slot.value();
      }
      if (record.is(AccountRecord.CLEARED)) {
        return UInt256.ZERO;
      }
    }
    return null;
  }
}
