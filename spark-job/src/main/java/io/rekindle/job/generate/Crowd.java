package io.rekindle.job.generate;

import io.rekindle.evm.word.Address;

/** Who acts, and on what: the choices that the hot-spot exponent and the conflict rate steer. */
final class Crowd {
  private final World world;
  private final Draws draws;
  private final double conflictRate;
  private final Popularity everybody;
  private final Popularity[] holders = new Popularity[World.TOKENS];
  private final Popularity tokens;

  Crowd(World world, Draws draws, GeneratorSettings settings) {
    this.world = world;
    this.draws = draws;
    this.conflictRate = settings.conflictRate();
    int accounts = world.wallets.length;
    this.everybody = new Popularity(accounts, settings.hotSpot());
    this.tokens = new Popularity(World.TOKENS, settings.hotSpot());
    for (int token = 0; token < World.TOKENS; token++) {
      int size = (accounts - token + World.TOKENS - 1) / World.TOKENS;
      holders[token] = new Popularity(size, settings.hotSpot());
    }
  }

  Wallet sender() {
    return world.wallets[everybody.draw(draws)];
  }

  /** An account that holds the token. */
  Wallet holder(int token) {
    return world.wallets[token + World.TOKENS * holders[token].draw(draws)];
  }

  Address receiver() {
    return world.wallets[target(everybody)].address();
  }

  int token() {
    return target(tokens);
  }

  private int target(Popularity popularity) {
    boolean hottest = draws.chance(conflictRate);
    int drawn = popularity.draw(draws);
    return hottest ? 0 : drawn;
  }
}
