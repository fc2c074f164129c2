package io.rekindle.partitioner;

import java.util.Random;

/** Windows with the shapes that real ones mix. Each follows from its seed alone. */
final class GeneratedWindows {
  private static final int BLOCK = 150;

  private GeneratedWindows() {}

  private static long cost(Random random) {
    double heavy = Math.exp(random.nextGaussian() * 0.9);
    return 21_000 + (long) (60_000 * heavy);
  }

  /** Contracts by a power law, each with a few shared slots and many of its users' own. */
  static WindowUnits powerLaw(int units, int contracts, double sharedShare, long seed) {
    Random random = new Random(seed);
    Windows windows = new Windows(BLOCK);
    for (int unit = 0; unit < units; unit++) {
      long sender = 1_000_000L + random.nextInt(units);
      windows.unit(cost(random)).nonce(sender, AccessMode.DELTA).balance(sender, AccessMode.DELTA);
      windows.balance(9, AccessMode.DELTA);
      int contract = (int) Math.min(contracts - 1, Math.pow(random.nextDouble(), -0.8) - 1);
      windows.slot(100 + contract, 0, AccessMode.READ);
      windows.slot(100 + contract, 1000 + sender, AccessMode.WRITE);
      windows.slot(100 + contract, 1000 + random.nextInt(units), AccessMode.WRITE);
      if (random.nextDouble() < sharedShare) {
        windows.slot(100 + contract, 1, AccessMode.WRITE);
      }
    }
    return windows.build();
  }

  /** Chains of units that each read what the one before wrote. */
  static WindowUnits chains(int units, int chains, long seed) {
    Random random = new Random(seed);
    Windows windows = new Windows(BLOCK);
    for (int unit = 0; unit < units; unit++) {
      windows.unit(cost(random)).slot(random.nextInt(chains), 0, AccessMode.WRITE);
    }
    return windows.build();
  }

  /** Stars: a unit late in the window writes what many before it have read, an oracle's update. */
  static WindowUnits stars(int units, int stars, long seed) {
    Random random = new Random(seed);
    Windows windows = new Windows(BLOCK);
    for (int unit = 0; unit < units; unit++) {
      boolean late = unit >= units - stars;
      int star = late ? unit - (units - stars) : random.nextInt(stars);
      windows.unit(cost(random)).slot(star, 0, late ? AccessMode.WRITE : AccessMode.READ);
      windows.slot(5000 + unit, 1, AccessMode.WRITE);
    }
    return windows.build();
  }

  /** Cliques: groups that all touch the same slots, with few units that belong to two groups. */
  static WindowUnits cliques(int units, int cliques, int bridges, long seed) {
    Random random = new Random(seed);
    Windows windows = new Windows(BLOCK);
    for (int unit = 0; unit < units; unit++) {
      int clique = random.nextInt(cliques);
      windows
          .unit(cost(random))
          .slot(clique, 0, AccessMode.WRITE)
          .slot(clique, 1, AccessMode.WRITE);
      if (random.nextInt(units) < bridges) {
        windows.slot((clique + 1) % cliques, 0, AccessMode.WRITE);
      }
    }
    return windows.build();
  }

  /** Groups over one slot each, all connected by units among the last hundredth. */
  static WindowUnits weaklyLinked(int units, int groups, long seed) {
    Random random = new Random(seed);
    Windows windows = new Windows(BLOCK);
    for (int unit = 0; unit < units; unit++) {
      windows.unit(cost(random)).slot(unit % groups, 0, AccessMode.WRITE);
      if (unit >= units - groups) {
        windows.slot((unit + 1) % groups, 0, AccessMode.WRITE);
      }
    }
    return windows.build();
  }
}
