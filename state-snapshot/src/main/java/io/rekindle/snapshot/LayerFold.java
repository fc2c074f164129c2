package io.rekindle.snapshot;

import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.UInt256;

/** Makes one layer of several. */
final class LayerFold {
  private LayerFold() {}

  /** Folds all deltas into one, or all into a new base where they have grown to half its size. */
  static Layer[] fold(Layer[] layers, Unlisted policy) {
    long deltaEntries = 0;
    for (int i = 1; i < layers.length; i++) {
      deltaEntries += layers[i].accountCount + layers[i].slots.count;
    }
    if (2 * deltaEntries >= (long) layers[0].accountCount + layers[0].slots.count) {
      return new Layer[] {all(layers, policy)};
    }
    return new Layer[] {layers[0], fold(layers, 1, false)};
  }

  /** Folds base and deltas. */
  static Layer all(Layer[] layers, Unlisted policy) {
    return fold(layers, 0, policy == Unlisted.ABSENT);
  }

  /**
   * @param from the first layer to take in; where it is 0, nothing lies below the result
   * @param dropAbsent whether what does not exist need not be listed
   */
  private static Layer fold(Layer[] layers, int from, boolean dropAbsent) {
    int accounts = 0;
    int slots = 0;
    for (int i = from; i < layers.length; i++) {
      accounts += layers[i].accountCount;
      slots += layers[i].slots.count;
    }
    LayerBuilder builder = new LayerBuilder(accounts, slots);
    int[][] starts = new int[layers.length][];
    int[][] ordered = new int[layers.length][];
    for (int i = from; i < layers.length; i++) {
      starts[i] = new int[layers[i].accountCount + 1];
      ordered[i] = layers[i].slotsByAccount(starts[i]);
    }
    for (int i = layers.length - 1; i >= from; i--) {
      for (int number = 0; number < layers[i].accountCount; number++) {
        Address address = layers[i].address(number);
        if (!listedAbove(layers, i, address)) {
          new AccountFold(layers, from, i, address, starts, ordered).addTo(builder, dropAbsent);
        }
      }
      layers[i].codes().values().forEach(builder::code);
    }
    return builder.build();
  }

  private static boolean listedAbove(Layer[] layers, int layer, Address address) {
    for (int i = layer + 1; i < layers.length; i++) {
      if (layers[i].find(address) >= 0) {
        return true;
      }
    }
    return false;
  }

  /** One account's entries from its newest layer down. */
  private record AccountFold(
      Layer[] layers, int from, int newest, Address address, int[][] starts, int[][] ordered) {

    void addTo(LayerBuilder builder, boolean dropAbsent) {
      Layer top = layers[newest];
      int number = top.find(address);
      boolean exists = top.is(number, Layer.EXISTS);
      if (!exists && dropAbsent && top.incarnation(number) == 0) {
        return;
      }
      boolean cleared = from > 0 && isCleared();
      int flags =
          (exists ? Layer.EXISTS : 0)
              | (cleared ? Layer.CLEARED : 0)
              | (top.is(number, Layer.STORAGE_KNOWN) ? Layer.STORAGE_KNOWN : 0)
              | (top.is(number, Layer.HAS_STORAGE) ? Layer.HAS_STORAGE : 0);
      int added = builder.account(address, top.account(number), flags, top.incarnation(number));
      builder.nonZeroSlots(added, top.nonZeroSlots(number));
      if (exists) {
        boolean dropZeros = from == 0 && top.is(number, Layer.STORAGE_KNOWN);
        addSlots(builder, added, dropZeros);
      }
    }

    private boolean isCleared() {
      for (int i = newest; i >= from; i--) {
        int number = layers[i].find(address);
        if (number >= 0
            && (layers[i].is(number, Layer.CLEARED) || !layers[i].is(number, Layer.EXISTS))) {
          return true;
        }
      }
      return false;
    }

    private void addSlots(LayerBuilder builder, int added, boolean dropZeros) {
      for (int i = newest; i >= from; i--) {
        int number = layers[i].find(address);
        if (number < 0) {
          continue;
        }
        if (!layers[i].is(number, Layer.EXISTS)) {
          return;
        }
        for (int at = starts[i][number]; at < starts[i][number + 1]; at++) {
          UInt256 slot = layers[i].slots.key(ordered[i][at]);
          UInt256 value = layers[i].slots.value(ordered[i][at]);
          if (!(dropZeros && value.isZero()) && !writtenAbove(i, slot)) {
            builder.slot(added, slot, value);
          }
        }
        if (layers[i].is(number, Layer.CLEARED)) {
          return;
        }
      }
    }

    private boolean writtenAbove(int layer, UInt256 slot) {
      for (int i = layer + 1; i <= newest; i++) {
        int number = layers[i].find(address);
        if (number >= 0 && layers[i].slots.find(number, address, slot) >= 0) {
          return true;
        }
      }
      return false;
    }
  }
}
