package io.rekindle.job.generate;

import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import java.util.ArrayList;
import java.util.List;

/** Two rollups that post their data as blobs (EIP-4844), and those who prove what is in them. */
final class Rollups {
  private static final int ROLLUPS = 2;
  private static final int MAX_BLOBS = 3;
  private static final int REMEMBERED = 64;
  private static final double FORGED = 0.05;

  private final World world;
  private final Draws draws;
  private final Crowd crowd;
  private final Hash[] roots = {Hash.ZERO, Hash.ZERO};
  private final List<ConstantBlob> posted = new ArrayList<>();

  Rollups(World world, Draws draws, Crowd crowd) {
    this.world = world;
    this.draws = draws;
    this.crowd = crowd;
  }

  /** A batch of data that extends a rollup's chain of roots. */
  Intent post() {
    int rollup = draws.below(ROLLUPS);
    List<ConstantBlob> blobs = new ArrayList<>();
    for (int i = draws.below(MAX_BLOBS); i >= 0; i--) {
      blobs.add(ConstantBlob.of(draws.bytes(31)));
    }
    Hash root = draws.hash();
    return Intent.call(
            world.wallets[rollup],
            world.contract("BlobLedger"),
            260_000,
            "post(bytes32,bytes32)",
            roots[rollup],
            root)
        .withBlobs(blobs.stream().map(ConstantBlob::versionedHash).toList())
        .then(
            () -> {
              roots[rollup] = root;
              posted.addAll(blobs);
              posted.subList(0, Math.max(0, posted.size() - REMEMBERED)).clear();
            });
  }

  /** A value of a posted blob, by the point evaluation precompile; some are not true. */
  Intent prove() {
    if (posted.isEmpty()) {
      return post();
    }
    ConstantBlob blob = posted.get(draws.below(posted.size()));
    byte[] point = draws.bytes(32);
    point[0] = 0;
    UInt256 value = draws.chance(FORGED) ? UInt256.ONE : blob.value();
    return Intent.call(
        crowd.sender(),
        world.contract("BlobLedger"),
        220_000,
        "prove(bytes32,bytes32,bytes32,bytes)",
        blob.versionedHash(),
        Hash.ofBytes(point),
        value,
        blob.proof());
  }
}
