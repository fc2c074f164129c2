package io.rekindle.snapshot;

import io.rekindle.evm.state.Account;
import io.rekindle.evm.state.Code;
import io.rekindle.evm.state.MissingStateException;
import io.rekindle.evm.state.OverlayState;
import io.rekindle.evm.state.StateReader;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import java.util.Arrays;

/**
 * An immutable state, whole or in part, that a window starts from. Reads are safe from any number
 * of threads. {@link #plus} gives the state after a change and shares everything with this one.
 *
 * <p>A snapshot is a base layer and the layers of its deltas, newest last; a read asks the newest
 * first. A chain of more than {@value #MAX_DELTAS} deltas is folded into one, and into the base
 * once it has grown to half the base's size, so that reads stay short and the base is copied
 * rarely.
 */
public final class Snapshot implements StateReader {
  static final int MAX_DELTAS = 8;

  private final Layer[] layers;
  private final Unlisted policy;
  private final UnlistedReads unlisted;
  private final long id;

  Snapshot(Layer[] layers, Unlisted policy, UnlistedReads unlisted, long id) {
    this.layers = layers;
    this.policy = policy;
    this.unlisted = unlisted;
    this.id = id;
  }

  /** A snapshot of one layer. */
  static Snapshot of(Layer base, Unlisted policy) {
    return new Snapshot(
        new Layer[] {base},
        policy,
        new UnlistedReads(),
        Layer.mix(policy.wireCode(), base.digest()));
  }

  /**
   * Names the state: follows from the entries of the base and of each delta since, in the order
   * they were given, and not from how they are folded. A 64-bit digest, not a cryptographic one.
   */
  public long id() {
    return id;
  }

  /** What reads of unlisted accounts and slots answer. */
  public Unlisted unlistedPolicy() {
    return policy;
  }

  /** Whether this is all of the state, so that what is not listed does not exist. */
  public boolean complete() {
    return policy == Unlisted.ABSENT;
  }

  /** Reads of what is not listed so far, of all snapshots that were made from the same base. */
  public UnlistedReads unlistedReads() {
    return unlisted;
  }

  /** The same entries, where a read of what is not listed is an error. */
  public Snapshot strict() {
    return new Snapshot(layers, Unlisted.MISSING, unlisted, Layer.mix(id, 1));
  }

  // ---------------------------------------------------------------- reading

  @Override
  public Account account(Address address) {
    for (int i = layers.length - 1; i >= 0; i--) {
      Layer layer = layers[i];
      int number = layer.find(address);
      if (number >= 0) {
        return layer.is(number, Layer.EXISTS) ? layer.account(number) : null;
      }
    }
    if (policy == Unlisted.COUNTED) {
      unlisted.account(address);
    } else if (policy == Unlisted.MISSING) {
      throw missingAccount(address);
    }
    return null;
  }

  @Override
  public UInt256 storage(Address address, UInt256 slot) {
    UInt256 value = listed(address, slot);
    if (value != null) {
      return value;
    }
    if (policy == Unlisted.MISSING) {
      throw new MissingStateException("slot " + slot.toHex() + " of account " + address);
    }
    unlisted.slot(address, slot);
    return UInt256.ZERO;
  }

  /** The value of a slot, or null where it does not follow from what is listed. */
  UInt256 listed(Address address, UInt256 slot) {
    boolean known = policy == Unlisted.ABSENT;
    for (int i = layers.length - 1; i >= 0; i--) {
      Layer layer = layers[i];
      int number = layer.find(address);
      if (number >= 0) {
        int found = layer.slots.find(number, address, slot);
        if (found >= 0) {
          return layer.slots.value(found);
        }
        if (!layer.is(number, Layer.EXISTS) || layer.is(number, Layer.CLEARED)) {
          return UInt256.ZERO;
        }
        known |= layer.is(number, Layer.STORAGE_KNOWN);
      }
    }
    return known ? UInt256.ZERO : null;
  }

  /**
   * {@inheritDoc}
   *
   * <p>Exact where the state is complete. In a partial state that knows that an account has
   * storage, it has until it is destroyed; see {@link OverlayState#hasStorage}.
   */
  @Override
  public boolean hasStorage(Address address) {
    for (int i = layers.length - 1; i >= 0; i--) {
      Layer layer = layers[i];
      int number = layer.find(address);
      if (number >= 0) {
        return hasStorage(layer, number, address);
      }
    }
    if (policy == Unlisted.COUNTED) {
      unlisted.account(address);
    } else if (policy == Unlisted.MISSING) {
      throw missingAccount(address);
    }
    return false;
  }

  private boolean hasStorage(Layer layer, int number, Address address) {
    if (!layer.is(number, Layer.EXISTS)) {
      return false;
    }
    if (layer.nonZeroSlots(number) > 0 || layer.is(number, Layer.HAS_STORAGE)) {
      return true;
    }
    if (!layer.is(number, Layer.STORAGE_KNOWN)) {
      if (policy == Unlisted.COUNTED) {
        unlisted.hasStorage(address);
      } else if (policy == Unlisted.MISSING) {
        throw new MissingStateException("whether account " + address + " has storage");
      }
    }
    return false;
  }

  /**
   * How often the account's storage was wiped since the base: by a creation or a destruction. Zero
   * for accounts not listed.
   */
  public int incarnation(Address address) {
    for (int i = layers.length - 1; i >= 0; i--) {
      int number = layers[i].find(address);
      if (number >= 0) {
        return layers[i].incarnation(number);
      }
    }
    return 0;
  }

  @Override
  public Code code(Hash codeHash) {
    for (int i = layers.length - 1; i >= 0; i--) {
      Code code = layers[i].code(codeHash);
      if (code != null) {
        return code;
      }
    }
    throw new MissingStateException("code " + codeHash);
  }

  private static MissingStateException missingAccount(Address address) {
    return new MissingStateException("account " + address);
  }

  // ---------------------------------------------------------------- change

  /** The state after what changed in an overlay whose base was this snapshot. */
  public Snapshot plus(OverlayState overlay) {
    return plus(SnapshotDelta.of(this, overlay));
  }

  /**
   * The state after a change.
   *
   * @throws IllegalArgumentException where the delta was made from another snapshot
   */
  public Snapshot plus(SnapshotDelta delta) {
    if (delta.baseId() != id) {
      throw new IllegalArgumentException(
          "a delta of snapshot "
              + Long.toHexString(delta.baseId())
              + " does not fit snapshot "
              + Long.toHexString(id));
    }
    Layer[] extended = Arrays.copyOf(layers, layers.length + 1);
    extended[layers.length] = delta.layer();
    Layer[] folded = extended.length - 1 > MAX_DELTAS ? LayerFold.fold(extended, policy) : extended;
    return new Snapshot(folded, policy, unlisted, delta.id());
  }

  /** The same state in one layer. */
  public Snapshot folded() {
    return layers.length == 1
        ? this
        : new Snapshot(new Layer[] {LayerFold.all(layers, policy)}, policy, unlisted, id);
  }

  // ---------------------------------------------------------------- contents

  /** Accounts listed as existing; walks all of them unless there is one layer. */
  public int accountCount() {
    Layer layer = folded().layers[0];
    int count = 0;
    for (int number = 0; number < layer.accountCount; number++) {
      count += layer.is(number, Layer.EXISTS) ? 1 : 0;
    }
    return count;
  }

  /** Slots listed, zeros included. */
  public int slotCount() {
    return folded().layers[0].slots.count;
  }

  /** Gives every existing account with its listed slots, then all code, in no special order. */
  public void writeTo(StateSink sink) {
    Layer layer = folded().layers[0];
    int[] starts = new int[layer.accountCount + 1];
    int[] ordered = layer.slotsByAccount(starts);
    for (int number = 0; number < layer.accountCount; number++) {
      if (layer.is(number, Layer.EXISTS)) {
        sink.account(layer.address(number), layer.account(number));
        for (int i = starts[number]; i < starts[number + 1]; i++) {
          sink.slot(layer.slots.key(ordered[i]), layer.slots.value(ordered[i]));
        }
      }
    }
    layer.codes().values().forEach(sink::code);
  }

  Layer[] layers() {
    return layers;
  }
}
