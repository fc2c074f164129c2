package io.rekindle.job;

/**
 * What a run is to read, as it was asked for.
 *
 * @param archive path of the blocks
 * @param chain name of a public chain, or path of a genesis file
 * @param engine the EVM engine, by name
 * @param traced whether the frames of calls are recorded
 * @param state path of the state to start from; null for the prestates in the archive, or else the
 *     chain's genesis
 * @param strict whether a block that reads what its prestate does not list fails
 * @param from the first block, or null for the archive's
 * @param to the last block, or null for the archive's
 */
record InputChoice(
    String archive,
    String chain,
    String engine,
    boolean traced,
    String state,
    boolean strict,
    Long from,
    Long to) {
  /**
   * @throws IllegalArgumentException where the blocks make no range
   */
  void check() {
    if ((from != null && from < 0) || (to != null && to < 0)) {
      throw new IllegalArgumentException("--from and --to are block numbers, not below 0");
    }
    if (from != null && to != null && from > to) {
      throw new IllegalArgumentException("--from " + from + " is after --to " + to);
    }
  }
}
