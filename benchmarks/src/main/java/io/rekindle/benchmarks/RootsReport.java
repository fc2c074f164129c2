package io.rekindle.benchmarks;

import io.rekindle.snapshot.trie.StateTrieBuilder;
import io.rekindle.snapshot.trie.TrieMeter;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ForkJoinPool;

/**
 * What state roots cost, held against the Keccak-256 of the very node bytes that were hashed: of a
 * chain, block by block, and of a million accounts built cold. Both sides run on one thread and are
 * of several rounds the best counts: of each block, or of the whole build.
 *
 * <p>Arguments: none for the million accounts, or a genesis file and an archive.
 */
public final class RootsReport {
  private static final int ACCOUNTS = 1_000_000;
  private static final int ROUNDS = 5;
  private static final int CHAIN_ROUNDS = 40;

  private RootsReport() {}

  public static void main(String[] arguments) throws IOException {
    if (arguments.length == 2) {
      chain(RootsChain.read(arguments[0], arguments[1]));
    } else if (arguments.length == 0) {
      cold();
    } else {
      System.err.println("usage: RootsReport [GENESIS ARCHIVE]");
      System.exit(2);
    }
  }

  private static void chain(RootsChain chain) {
    System.out.printf(
        Locale.ROOT,
        "%,d blocks, %.1f nodes a block of %.0f bytes%n",
        chain.blocks(),
        (double) chain.nodes() / chain.blocks(),
        (double) chain.bytes() / chain.nodes());
    Random random = new Random(1);
    line("keys' hashes new", chain, () -> RootsChain.forgetKeys(random));
    line("keys' hashes known", chain, () -> {});
  }

  private static void line(String name, RootsChain chain, Runnable beforeRound) {
    long[] rootNanos = new long[chain.blocks()];
    long[] hashNanos = new long[chain.blocks()];
    Arrays.fill(rootNanos, Long.MAX_VALUE);
    Arrays.fill(hashNanos, Long.MAX_VALUE);
    for (int round = 0; round < CHAIN_ROUNDS; round++) {
      beforeRound.run();
      chain.walk(rootNanos, hashNanos);
    }
    double roots = Arrays.stream(rootNanos).sum() / 1e3 / chain.blocks();
    double hashes = Arrays.stream(hashNanos).sum() / 1e3 / chain.blocks();
    System.out.printf(
        Locale.ROOT,
        "%-18s  a root %.2f us, %,.0f blocks/s; Keccak of its nodes alone %.2f us; ratio %.3f%n",
        name,
        roots,
        1e6 / roots,
        hashes,
        roots / hashes);
  }

  private static void cold() {
    StateKeys keys = new StateKeys(ACCOUNTS, 0, 1);
    // The pool of one thread keeps what would fork on the thread that is timed.
    ForkJoinPool pool = new ForkJoinPool(1);
    long build = Long.MAX_VALUE;
    long hashes = Long.MAX_VALUE;
    TrieMeter meter = null;
    for (int round = 0; round < ROUNDS; round++) {
      StateTrieBuilder builder = new StateTrieBuilder();
      keys.writeTo(builder);
      TrieMeter counted = new TrieMeter();
      build =
          Math.min(
              build, pool.submit(() -> CpuClock.time(() -> builder.build(counted).root())).join());
      KeccakOfNodes keccak = new KeccakOfNodes(counted);
      hashes = Math.min(hashes, pool.submit(() -> CpuClock.time(keccak::run)).join());
      meter = counted;
    }
    pool.shutdown();
    System.out.printf(
        Locale.ROOT,
        "%,d accounts, %,d nodes, %,d bytes: build %,d ms; Keccak of the nodes %,d ms; ratio %.2f%n",
        ACCOUNTS,
        meter.nodes(),
        meter.bytes(),
        build / 1_000_000,
        hashes / 1_000_000,
        (double) build / hashes);
  }
}
