package io.rekindle.snapshot.trie;

import io.rekindle.evm.crypto.Keccak256;
import io.rekindle.evm.state.Account;
import io.rekindle.evm.state.MissingStateException;
import io.rekindle.evm.state.OverlayState;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

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
    Stream<Map.Entry<Address, OverlayState.Change>> entries = changes.entrySet().stream();
    if (changes.size() >= PARALLEL_CHANGES) {
      entries = entries.parallel();
    }
    return apply(
        entries.map(e -> updateOf(e.getKey(), e.getValue())).toArray(Update[]::new), meter);
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

  private static AccountUpdate updateOf(Address address, OverlayState.Change change) {
    Hash key = Keccak256.hash(address.toBytes());
    Map<UInt256, UInt256> slots = change.slots();
    if (change.account() == null) {
      return new AccountUpdate(key, null, true, new Update[0]);
    }
    Stream<Map.Entry<UInt256, UInt256>> entries = slots.entrySet().stream();
    if (slots.size() >= PARALLEL_CHANGES) {
      entries = entries.parallel();
    }
    Update[] updates =
        entries
            .map(e -> new SlotUpdate(Keccak256.hash(e.getKey().toBytes()), e.getValue()))
            .toArray(Update[]::new);
    Arrays.sort(updates);
    return new AccountUpdate(key, change.account(), change.cleared(), updates);
  }

  // ---------------------------------------------------------------- reading

  /** The account, or null where none exists. */
  public Account account(Address address) {
    return account(Keccak256.hash(address.toBytes()));
  }

  /** The account with this hashed address, or null where none exists. */
  public Account account(Hash addressHash) {
    AccountLeaf leaf = leaf(addressHash);
    return leaf == null ? null : leaf.account();
  }

  /** The value of a slot; zero where it is not set or the account does not exist. */
  public UInt256 storage(Address address, UInt256 slot) {
    return storage(Keccak256.hash(address.toBytes()), Keccak256.hash(slot.toBytes()));
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
    AccountLeaf leaf = leaf(Keccak256.hash(address.toBytes()));
    return leaf != null && leaf.storage() != null;
  }

  /** The root of the account's storage trie; null where no account exists. */
  public Hash storageRoot(Address address) {
    AccountLeaf leaf = leaf(Keccak256.hash(address.toBytes()));
    if (leaf == null) {
      return null;
    }
    return leaf.storage() == null ? NodeEncoder.EMPTY_ROOT : leaf.storage().hash();
  }

  /**
   * Proves an account and some of its slots.
   *
   * @throws MissingStateException where this trie is partial and does not hold them
   */
  public StateProof prove(Address address, List<UInt256> slots) {
    List<byte[]> accountNodes = new ArrayList<>();
    AccountLeaf leaf =
        (AccountLeaf) TrieLookup.find(root, Keccak256.hash(address.toBytes()), accountNodes);
    Map<UInt256, List<byte[]>> slotNodes = new LinkedHashMap<>();
    for (UInt256 slot : slots) {
      List<byte[]> nodes = new ArrayList<>();
      if (leaf != null) {
        TrieLookup.find(leaf.storage(), Keccak256.hash(slot.toBytes()), nodes);
      }
      slotNodes.put(slot, nodes);
    }
    return new StateProof(address, accountNodes, slotNodes);
  }

  private AccountLeaf leaf(Hash addressHash) {
    return (AccountLeaf) TrieLookup.find(root, addressHash, null);
  }
}
