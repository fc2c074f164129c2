package io.rekindle.snapshot.trie;

import io.rekindle.evm.state.Account;
import io.rekindle.evm.state.MissingStateException;
import io.rekindle.evm.state.OverlayState;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import io.rekindle.snapshot.StateSink;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * A state as a trie of accounts with their storage tries: an immutable value, safe to share between
 * threads. {@link #apply} gives the state after a change; it makes and hashes only the nodes on the
 * changed paths, and the two tries share the others, so that keeping many states (one a block) or
 * going back to one costs nothing.
 *
 * <p>A trie may be partial: where a witness holds no node, reads and changes on that path throw
 * {@link MissingStateException}. Code is not part of the trie, only its hash.
 */
public final class StateTrie {
  public static final StateTrie EMPTY = new StateTrie(null);

  /** From this many changes on, keys are hashed by several threads. */
  private static final int PARALLEL_CHANGES = 256;

  private static final Update[] NO_UPDATES = {};

  private final Node root;

  StateTrie(Node root) {
    this.root = root;
  }

  /**
   * The partial trie that these nodes make up: those that are reached from the root by their
   * hashes, so that each is proven.
   *
   * @param nodes encoded, of the account trie and of storage tries, in any order
   * @throws IllegalArgumentException where the root itself is not among the nodes, or a node is no
   *     node of a state trie
   */
  public static StateTrie ofWitness(Hash root, Iterable<byte[]> nodes) {
    Node node = new NodeDecoder(nodes).stateRoot(root);
    if (node instanceof Unresolved) {
      throw new IllegalArgumentException("the witness has no node of state root " + root);
    }
    return new StateTrie(node);
  }

  Node rootNode() {
    return root;
  }

  /** The state root, as in a block's header. */
  public Hash root() {
    return root == null ? NodeEncoder.EMPTY_ROOT : root.hash();
  }

  /** The state after everything that changed in an overlay whose base was this state. */
  public StateTrie apply(OverlayState overlay) {
    return apply(overlay.changes(), null);
  }

  /**
   * The state after these changes.
   *
   * @throws MissingStateException where this trie is partial and lacks a node that is needed
   */
  public StateTrie apply(Map<Address, OverlayState.Change> changes) {
    return apply(changes, null);
  }

  /**
   * The state after these changes.
   *
   * @param meter counts the nodes that are hashed, or null
   */
  public StateTrie apply(Map<Address, OverlayState.Change> changes, TrieMeter meter) {
    return apply(updates(changes, StateTrie::updateOf), meter);
  }

  /** Applies updates of distinct keys, in any order; sorts the array. */
  StateTrie apply(Update[] updates, TrieMeter meter) {
    Arrays.parallelSort(updates);
    Sealer sealer = new Sealer(meter);
    Node updated = TrieUpdater.update(root, 0, updates, 0, updates.length, sealer);
    if (updated == root) {
      return this;
    }
    if (updated != null) {
      sealer.sealRoot(updated);
    }
    return new StateTrie(updated);
  }

  /** An update for each change; many are made by several threads. */
  private static <K, V> Update[] updates(Map<K, V> changes, BiFunction<K, V, Update> make) {
    if (changes.size() >= PARALLEL_CHANGES) {
      return changes.entrySet().parallelStream()
          .map(change -> make.apply(change.getKey(), change.getValue()))
          .toArray(Update[]::new);
    }
    Update[] updates = new Update[changes.size()];
    int count = 0;
    for (Map.Entry<K, V> change : changes.entrySet()) {
      updates[count++] = make.apply(change.getKey(), change.getValue());
    }
    return updates;
  }

  private static AccountUpdate updateOf(Address address, OverlayState.Change change) {
    Hash key = KeyHashes.of(address);
    if (change.account() == null) {
      return new AccountUpdate(key, null, true, NO_UPDATES);
    }
    Update[] slots =
        change.slots().isEmpty() ? NO_UPDATES : updates(change.slots(), StateTrie::updateOf);
    Arrays.sort(slots);
    return new AccountUpdate(key, change.account(), change.cleared(), slots);
  }

  private static SlotUpdate updateOf(UInt256 slot, UInt256 value) {
    return new SlotUpdate(KeyHashes.of(slot), value);
  }

  // ---------------------------------------------------------------- reading

  /** The account, or null where none exists. */
  public Account account(Address address) {
    return account(KeyHashes.of(address));
  }

  /** The account with this hashed address, or null where none exists. */
  public Account account(Hash addressHash) {
    AccountLeaf leaf = leaf(addressHash);
    return leaf == null ? null : leaf.account();
  }

  /** The value of a slot; zero where it is not set or the account does not exist. */
  public UInt256 storage(Address address, UInt256 slot) {
    return storage(KeyHashes.of(address), KeyHashes.of(slot));
  }

  /** The value of a slot by hashed address and hashed slot. */
  public UInt256 storage(Hash addressHash, Hash slotHash) {
    AccountLeaf account = leaf(addressHash);
    if (account == null) {
      return UInt256.ZERO;
    }
    SlotLeaf leaf = (SlotLeaf) TrieLookup.find(account.storage(), slotHash, null);
    return leaf == null ? UInt256.ZERO : leaf.value();
  }

  /** Whether any slot of the account is not zero. */
  public boolean hasStorage(Address address) {
    AccountLeaf leaf = leaf(KeyHashes.of(address));
    return leaf != null && leaf.storage() != null;
  }

  /** The root of the account's storage trie; null where no account exists. */
  public Hash storageRoot(Address address) {
    AccountLeaf leaf = leaf(KeyHashes.of(address));
    if (leaf == null) {
      return null;
    }
    return leaf.storage() == null ? NodeEncoder.EMPTY_ROOT : leaf.storage().hash();
  }

  /** Gives every account with its slots that the nodes at hand reach, in the order of keys. */
  void writeTo(StateSink sink) {
    if (root != null) {
      writeTo(root, sink);
    }
  }

  private static void writeTo(Node node, StateSink sink) {
    if (node instanceof Branch branch) {
      for (Node child : branch.packed()) {
        writeTo(child, sink);
      }
    } else if (node instanceof Extension extension) {
      writeTo(extension.child(), sink);
    } else if (node instanceof AccountLeaf account) {
      sink.hashedAccount(account.key(), account.account());
      if (account.storage() != null) {
        writeTo(account.storage(), sink);
      }
    } else if (node instanceof SlotLeaf slot) {
      sink.hashedSlot(slot.key(), slot.value());
    }
  }

  /**
   * Proves an account and some of its slots.
   *
   * @throws MissingStateException where this trie is partial and does not hold them
   */
  public StateProof prove(Address address, List<UInt256> slots) {
    List<byte[]> accountNodes = new ArrayList<>();
    AccountLeaf leaf = (AccountLeaf) TrieLookup.find(root, KeyHashes.of(address), accountNodes);
    Map<UInt256, List<byte[]>> slotNodes = new LinkedHashMap<>();
    for (UInt256 slot : slots) {
      List<byte[]> nodes = new ArrayList<>();
      if (leaf != null) {
        TrieLookup.find(leaf.storage(), KeyHashes.of(slot), nodes);
      }
      slotNodes.put(slot, nodes);
    }
    return new StateProof(address, accountNodes, slotNodes);
  }

  private AccountLeaf leaf(Hash addressHash) {
    return (AccountLeaf) TrieLookup.find(root, addressHash, null);
  }
}
