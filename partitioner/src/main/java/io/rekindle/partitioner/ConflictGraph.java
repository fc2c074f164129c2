package io.rekindle.partitioner;

import java.util.Arrays;

/**
 * The keys over which units of a window can conflict, each with the units that touch it in chain
 * order: a hypergraph with units as nodes. A key is in it where at least two units touch it, one of
 * them changes it, and not all of them merely change it by deltas, which commute.
 *
 * <p>Where senders are kept together, the nonce of a sender of several units is in it too, as a
 * <em>soft</em> key: parting its units makes no re-run.
 */
final class ConflictGraph {
  private static final int READS = 1;
  private static final int DELTAS = 2;
  private static final int WRITES = 4;
  private static final int MANY = 8;

  private final AccessHints hints;
  private final byte[] weakest;
  private final KeyLevel level;
  private final int[] keyOf;
  private final boolean[] soft;
  private final int[] starts;
  private final int[] units;
  private final byte[] traits;
  private final int[] unitStarts;
  private final int[] unitKeys;
  private final byte[] unitTraits;

  private ConflictGraph(
      AccessHints hints,
      byte[] weakest,
      KeyLevel level,
      int[] keyOf,
      boolean[] soft,
      int[] starts,
      int[] units,
      byte[] traits) {
    this.hints = hints;
    this.weakest = weakest;
    this.level = level;
    this.keyOf = keyOf;
    this.soft = soft;
    this.starts = starts;
    this.units = units;
    this.traits = traits;
    unitStarts = new int[hints.units() + 1];
    unitKeys = new int[units.length];
    unitTraits = new byte[units.length];
    transpose();
  }

  /** The same touches by unit, from the touches by key. */
  private void transpose() {
    for (int unit : units) {
      unitStarts[unit + 1]++;
    }
    for (int unit = 0; unit < hints.units(); unit++) {
      unitStarts[unit + 1] += unitStarts[unit];
    }
    int[] next = Arrays.copyOf(unitStarts, hints.units());
    for (int key = 0; key < keyOf.length; key++) {
      for (int touch = starts[key]; touch < starts[key + 1]; touch++) {
        int at = next[units[touch]]++;
        unitKeys[at] = key;
        unitTraits[at] = traits[touch];
      }
    }
  }

  static ConflictGraph of(AccessHints windowHints, PlanSettings settings) {
    boolean coarse = settings.level() == KeyLevel.ACCOUNT;
    AccessHints hints = coarse ? windowHints.coarsened() : windowHints;
    boolean together = !coarse && settings.senders() == PlanSettings.Senders.TOGETHER;
    byte[] flags = flags(hints);
    StateKeys keys = hints.keys();
    int[] numbers = new int[keys.size()];
    int count = 0;
    for (int index = 0; index < numbers.length; index++) {
      boolean kept = conflicts(flags[index]) || (together && isSenderChain(keys, flags, index));
      numbers[index] = kept ? count++ : -1;
    }
    int[] keyOf = new int[count];
    boolean[] soft = new boolean[count];
    for (int index = 0; index < numbers.length; index++) {
      if (numbers[index] >= 0) {
        keyOf[numbers[index]] = keys.keyAt(index);
        soft[numbers[index]] = !conflicts(flags[index]);
      }
    }
    return fill(hints, weakest(windowHints), settings.level(), numbers, keyOf, soft);
  }

  /** By unit, the code of {@link AccessHints#weakestSource}. */
  private static byte[] weakest(AccessHints hints) {
    byte[] weakest = new byte[hints.units()];
    for (int unit = 0; unit < weakest.length; unit++) {
      weakest[unit] = (byte) hints.weakestSource(unit).code();
    }
    return weakest;
  }

  private static byte[] flags(AccessHints hints) {
    StateKeys keys = hints.keys();
    byte[] flags = new byte[keys.size()];
    for (int touch = 0; touch < hints.touches(); touch++) {
      int index = keys.index(hints.key(touch));
      int many = flags[index] == 0 ? 0 : MANY;
      flags[index] |= (byte) (many | flag(hints.mode(touch)));
    }
    return flags;
  }

  private static int flag(AccessMode mode) {
    return switch (mode) {
      case READ -> READS;
      case DELTA -> DELTAS;
      case WRITE -> WRITES;
    };
  }

  private static boolean conflicts(int flags) {
    boolean mixed = (flags & (READS | DELTAS)) == (READS | DELTAS);
    return (flags & MANY) != 0 && ((flags & WRITES) != 0 || mixed);
  }

  private static boolean isSenderChain(StateKeys keys, byte[] flags, int index) {
    int key = keys.keyAt(index);
    return flags[index] == (MANY | DELTAS) && key >= 0 && (key & 3) == KeyKind.NONCE.code();
  }

  private static ConflictGraph fill(
      AccessHints hints,
      byte[] weakest,
      KeyLevel level,
      int[] numbers,
      int[] keyOf,
      boolean[] soft) {
    StateKeys keys = hints.keys();
    int[] starts = new int[keyOf.length + 1];
    for (int touch = 0; touch < hints.touches(); touch++) {
      int number = numbers[keys.index(hints.key(touch))];
      if (number >= 0) {
        starts[number + 1]++;
      }
    }
    for (int number = 0; number < keyOf.length; number++) {
      starts[number + 1] += starts[number];
    }
    int[] next = Arrays.copyOf(starts, keyOf.length);
    int[] units = new int[starts[keyOf.length]];
    byte[] traits = new byte[units.length];
    for (int unit = 0; unit < hints.units(); unit++) {
      for (int touch = hints.begin(unit); touch < hints.end(unit); touch++) {
        int number = numbers[keys.index(hints.key(touch))];
        if (number >= 0) {
          int at = next[number]++;
          units[at] = unit;
          traits[at] = (byte) hints.traits(touch);
        }
      }
    }
    return new ConflictGraph(hints, weakest, level, keyOf, soft, starts, units, traits);
  }

  /** How many keys there are, numbered from 0. */
  int keys() {
    return keyOf.length;
  }

  /** Touches of all keys. */
  int touches() {
    return units.length;
  }

  int begin(int key) {
    return starts[key];
  }

  int end(int key) {
    return starts[key + 1];
  }

  int unit(int touch) {
    return units[touch];
  }

  AccessMode mode(int touch) {
    return AccessHints.MODES[traits[touch] & 3];
  }

  HintSource source(int touch) {
    return AccessHints.SOURCES[traits[touch] >> 2];
  }

  /** The touches of a unit are {@code unitBegin(unit)} to {@code unitEnd(unit)}, exclusive. */
  int unitBegin(int unit) {
    return unitStarts[unit];
  }

  int unitEnd(int unit) {
    return unitStarts[unit + 1];
  }

  /** The key of a touch, numbered by unit. */
  int unitKey(int at) {
    return unitKeys[at];
  }

  AccessMode unitMode(int at) {
    return AccessHints.MODES[unitTraits[at] & 3];
  }

  HintSource unitSource(int at) {
    return AccessHints.SOURCES[unitTraits[at] >> 2];
  }

  /** The source of the unit's hints that tells least of what it does. */
  HintSource weakestSource(int unit) {
    return AccessHints.SOURCES[weakest[unit]];
  }

  /** Whether parting the units of the key makes no re-run. */
  boolean isSoft(int key) {
    return soft[key];
  }

  StateKey describe(int key) {
    StateKey described = hints.keys().describe(keyOf[key]);
    return level == KeyLevel.SLOT ? described : new StateKey(described.address(), null, null);
  }
}
