package io.rekindle.job;

import io.rekindle.evm.rlp.RlpException;
import io.rekindle.evm.state.StateReader;
import io.rekindle.job.archive.ArchiveException;
import io.rekindle.snapshot.sidecar.Sidecar;
import io.rekindle.snapshot.sidecar.VersionedSnapshot;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;

/**
 * The sidecars of a window's blocks in flat form.
 *
 * @param bytes for each block in order: the length and the bytes of its block access list (4 bytes,
 *     big-endian), and the same of the extension
 */
record WindowSidecarBytes(byte[] bytes) {
  /**
   * Decodes sidecars.
   *
   * @param place names the sidecar of a block
   * @throws ArchiveException where one cannot be decoded
   */
  static ClaimedSidecars checked(byte[] bytes, long firstBlock, LongFunction<String> place) {
    List<Sidecar> sidecars = new ArrayList<>();
    for (ByteBuffer in = ByteBuffer.wrap(bytes); in.hasRemaining(); ) {
      try {
        sidecars.add(next(in));
      } catch (RlpException | IllegalArgumentException e) {
        throw new ArchiveException(
            place.apply(firstBlock + sidecars.size()), "", e.getMessage(), e);
      }
    }
    return new ClaimedSidecars(new WindowSidecarBytes(bytes), sidecars);
  }

  private static Sidecar next(ByteBuffer in) {
    byte[] list = new byte[in.getInt()];
    in.get(list);
    byte[] extension = new byte[in.getInt()];
    in.get(extension);
    return Sidecar.decode(list, extension);
  }

  /**
   * The versions that the sidecars tell, and no answer beyond what they list.
   *
   * @param base the state before the first block
   */
  VersionedSnapshot over(StateReader base, long firstBlock) {
    VersionedSnapshot.Builder versions =
        new VersionedSnapshot.Builder(base, firstBlock).listedOnly();
    for (ByteBuffer in = ByteBuffer.wrap(bytes); in.hasRemaining(); ) {
      versions.add(next(in));
    }
    return versions.build();
  }
}
