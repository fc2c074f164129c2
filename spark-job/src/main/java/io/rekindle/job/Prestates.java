package io.rekindle.job;

import io.rekindle.job.archive.ArchiveException;
import io.rekindle.job.archive.ArchiveFile;
import io.rekindle.job.archive.Companions;
import io.rekindle.snapshot.Snapshot;
import io.rekindle.snapshot.SnapshotBuilder;
import io.rekindle.snapshot.SnapshotCodec;
import io.rekindle.snapshot.Unlisted;
import io.rekindle.snapshot.importer.PrestateDump;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;

/** Prestate dumps that lie beside blocks, on their way from executors to the driver. */
final class Prestates {
  private Prestates() {}

  /** The wire form of the snapshot that a block's prestate dump gives, or null without one. */
  static byte[] encoded(Companions companions) {
    ArchiveFile file = companions.prestate();
    if (file == null) {
      return null;
    }
    try (InputStream in = file.openUnpacked()) {
      SnapshotBuilder builder = new SnapshotBuilder(Unlisted.COUNTED);
      PrestateDump.read(in, file.path()).writeTo(builder);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      new SnapshotCodec().write(builder.build(), out);
      return out.toByteArray();
    } catch (IOException e) {
      throw new ArchiveException(file.path(), "", e.getMessage(), e);
    }
  }

  static Snapshot decode(byte[] encoded) {
    try {
      return new SnapshotCodec().readSnapshot(new ByteArrayInputStream(encoded));
    } catch (IOException e) {
      throw new IllegalStateException("a snapshot that this job has written", e);
    }
  }
}
