package io.rekindle.evm.trie;

import io.rekindle.evm.crypto.Keccak256;
import io.rekindle.evm.rlp.RlpWriter;
import io.rekindle.evm.state.Account;
import io.rekindle.evm.state.OverlayState;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The state root of a whole state in memory, computed anew at each call: what genesis blocks and
 * small test chains need.
 */
public final class StateRoot {
  private StateRoot() {}

  /**
   * The root of all accounts that exist in the overlay.
   *
   * @param state complete in itself: its base has no accounts, as {@link OverlayState#EMPTY}
   */
  public static Hash of(OverlayState state) {
    TreeMap<Hash, byte[]> accounts = new TreeMap<>();
    state
        .changes()
        .forEach(
            (address, change) -> {
              if (change.account() != null) {
                accounts.put(key(address), account(change.account(), storageRoot(change.slots())));
              }
            });
    return root(accounts);
  }

  /** The root of a storage; zero values are no part of it. */
  public static Hash storageRoot(Map<UInt256, UInt256> slots) {
    if (slots.isEmpty()) {
      return TrieRoot.EMPTY;
    }
    TreeMap<Hash, byte[]> values = new TreeMap<>();
    slots.forEach(
        (slot, value) -> {
          if (!value.isZero()) {
            values.put(Keccak256.hash(slot.toBytes()), new RlpWriter(64).uint256(value).toBytes());
          }
        });
    return root(values);
  }

  /** The RLP of an account in the state trie. */
  public static byte[] account(Account account, Hash storageRoot) {
    RlpWriter writer = new RlpWriter(128);
    int list = writer.startList();
    writer
        .uint64(account.nonce())
        .uint256(account.balance())
        .hash(storageRoot)
        .hash(account.codeHash());
    return writer.endList(list).toBytes();
  }

  private static Hash key(Address address) {
    return Keccak256.hash(address.toBytes());
  }

  private static Hash root(SortedMap<Hash, byte[]> pairs) {
    byte[][] keys = new byte[pairs.size()][];
    int i = 0;
    for (Hash key : pairs.keySet()) {
      keys[i++] = key.toBytes();
    }
    return TrieRoot.of(keys, pairs.values().toArray(new byte[0][]));
  }
}
