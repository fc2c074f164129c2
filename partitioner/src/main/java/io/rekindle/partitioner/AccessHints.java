package io.rekindle.partitioner;

import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.UInt256;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What every unit of a window is expected to touch, in flat arrays: 5 bytes a touch, 4 a unit, and
 * the keys of {@link StateKeys}. Immutable once built. A unit touches a key once; modes that a
 * builder is given for the same key are put together by {@link AccessMode#and}.
 */
public final class AccessHints {
  private final StateKeys keys;
  private final int[] starts;
  private final int[] touchKeys;
  private final byte[] traits;

  private AccessHints(StateKeys keys, int[] starts, int[] touchKeys, byte[] traits) {
    this.keys = keys;
    this.starts = starts;
    this.touchKeys = touchKeys;
    this.traits = traits;
  }

  public static Builder builder() {
    return new Builder();
  }

  /** One expected touch, as a value. */
  public record AccessHint(StateKey key, AccessMode mode, HintSource source) {}

  public int units() {
    return starts.length - 1;
  }

  /** Touches of all units. */
  public int touches() {
    return starts[starts.length - 1];
  }

  public StateKeys keys() {
    return keys;
  }

  /** The touches expected of a unit, as values. */
  public List<AccessHint> of(int unit) {
    List<AccessHint> list = new ArrayList<>(end(unit) - begin(unit));
    for (int touch = begin(unit); touch < end(unit); touch++) {
      list.add(new AccessHint(keys.describe(key(touch)), mode(touch), source(touch)));
    }
    return list;
  }

  /** The hints of some of the units, in the given order: for planning a further round. */
  public AccessHints subset(int[] units) {
    int count = 0;
    for (int unit : units) {
      count += end(unit) - begin(unit);
    }
    int[] newStarts = new int[units.length + 1];
    int[] newKeys = new int[count];
    byte[] newTraits = new byte[count];
    int at = 0;
    for (int index = 0; index < units.length; index++) {
      int length = end(units[index]) - begin(units[index]);
      System.arraycopy(touchKeys, begin(units[index]), newKeys, at, length);
      System.arraycopy(traits, begin(units[index]), newTraits, at, length);
      at += length;
      newStarts[index + 1] = at;
    }
    return new AccessHints(keys, newStarts, newKeys, newTraits);
  }

  /** The same with one key an account, its balance's, that stands for all of the account. */
  AccessHints coarsened() {
    int[] newStarts = new int[starts.length];
    int[] newKeys = new int[touches()];
    byte[] newTraits = new byte[touches()];
    int[] last = new int[keys.accounts()];
    int count = 0;
    for (int unit = 0; unit < units(); unit++) {
      for (int touch = begin(unit); touch < end(unit); touch++) {
        int account = keys.accountOf(key(touch));
        int known = last[account] - 1;
        if (known >= newStarts[unit]) {
          newTraits[known] = merged(newTraits[known], mode(touch), source(touch));
        } else {
          newKeys[count] = StateKeys.accountKey(account, KeyKind.BALANCE);
          newTraits[count] = traits[touch];
          last[account] = ++count;
        }
      }
      newStarts[unit + 1] = count;
    }
    return new AccessHints(
        keys, newStarts, Arrays.copyOf(newKeys, count), Arrays.copyOf(newTraits, count));
  }

  int begin(int unit) {
    return starts[unit];
  }

  int end(int unit) {
    return starts[unit + 1];
  }

  int key(int touch) {
    return touchKeys[touch];
  }

  AccessMode mode(int touch) {
    return MODES[traits[touch] & 3];
  }

  HintSource source(int touch) {
    return SOURCES[traits[touch] >> 2];
  }

  /**
   * The source, among those of the unit's hints, that tells least of what its code does: what a
   * transaction says is so, but templates and guesses stand for all that its calls may do.
   */
  public HintSource weakestSource(int unit) {
    int sources = 0;
    for (int touch = begin(unit); touch < end(unit); touch++) {
      sources |= 1 << (traits[touch] >> 2);
    }
    for (HintSource source : BY_WEAKNESS) {
      if ((sources & (1 << source.code())) != 0) {
        return source;
      }
    }
    return HintSource.TRANSACTION;
  }

  /** {@link #mode} and {@link #source} in one byte: mode in the low two bits. */
  int traits(int touch) {
    return traits[touch];
  }

  /** By code. */
  static final AccessMode[] MODES = AccessMode.values();

  /** By code. */
  static final HintSource[] SOURCES = HintSource.values();

  private static final HintSource[] BY_WEAKNESS = {
    HintSource.GUESS,
    HintSource.TEMPLATE,
    HintSource.TRANSACTION,
    HintSource.ACCESS_LIST,
    HintSource.SIDECAR
  };

  private static byte traits(AccessMode mode, HintSource source) {
    return (byte) (mode.code() | source.code() << 2);
  }

  private static byte merged(byte known, AccessMode mode, HintSource source) {
    AccessMode before = MODES[known & 3];
    HintSource knownFrom = SOURCES[known >> 2];
    AccessMode both = before.and(mode);
    // That the key changes may be a guess although a certain hint says that it is read.
    boolean guessed =
        (knownFrom == HintSource.GUESS && !mode.changes())
            || (source == HintSource.GUESS && !before.changes());
    return traits(both, guessed ? HintSource.GUESS : SOURCES[Math.min(known >> 2, source.code())]);
  }

  /** Collects hints unit by unit, in chain order. */
  public static final class Builder {
    private final StateKeys keys = new StateKeys();
    private int unitCount;
    private int[] starts = new int[64];
    private int touchCount;
    private int[] touchKeys = new int[256];
    private byte[] traits = new byte[256];

    /** The last touch of each key, to find a unit's second touch of it. */
    private int[] accountLast = new int[256];

    private int[] slotLast = new int[256];

    private Builder() {}

    /** Starts the next unit; what is added from here on is its. */
    public Builder startUnit() {
      if (unitCount + 1 == starts.length) {
        starts = Arrays.copyOf(starts, 2 * starts.length);
      }
      starts[unitCount++] = touchCount;
      return this;
    }

    /** A touch of an account's balance, nonce, code or existence. */
    public Builder add(Address address, KeyKind kind, AccessMode mode, HintSource source) {
      if (kind == KeyKind.SLOT) {
        throw new IllegalArgumentException("a slot needs its number: addSlot");
      }
      int key = StateKeys.accountKey(keys.account(address), kind);
      if (key >= accountLast.length) {
        accountLast = Arrays.copyOf(accountLast, larger(key));
      }
      accountLast[key] = touch(key, accountLast[key], mode, source);
      return this;
    }

    /** A touch of a storage slot. */
    public Builder addSlot(Address address, UInt256 slot, AccessMode mode, HintSource source) {
      int key = keys.slotKey(keys.account(address), slot);
      if (~key >= slotLast.length) {
        slotLast = Arrays.copyOf(slotLast, larger(~key));
      }
      slotLast[~key] = touch(key, slotLast[~key], mode, source);
      return this;
    }

    private static int larger(int index) {
      return index + (index >> 1) + 1;
    }

    /** Notes the touch and answers its number + 1. */
    private int touch(int key, int last, AccessMode mode, HintSource source) {
      if (unitCount == 0) {
        throw new IllegalStateException("no unit was started");
      }
      int known = last - 1;
      if (known >= starts[unitCount - 1]) {
        traits[known] = merged(traits[known], mode, source);
        return last;
      }
      if (touchCount == touchKeys.length) {
        touchKeys = Arrays.copyOf(touchKeys, larger(touchCount));
        traits = Arrays.copyOf(traits, touchKeys.length);
      }
      touchKeys[touchCount] = key;
      traits[touchCount] = traits(mode, source);
      return ++touchCount;
    }

    public AccessHints build() {
      int[] exact = Arrays.copyOf(starts, unitCount + 1);
      exact[unitCount] = touchCount;
      return new AccessHints(
          keys, exact, Arrays.copyOf(touchKeys, touchCount), Arrays.copyOf(traits, touchCount));
    }
  }
}
