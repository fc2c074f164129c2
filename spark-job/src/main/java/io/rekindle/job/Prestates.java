package io.rekindle.job;

import io.rekindle.evm.state.Account;
import io.rekindle.evm.state.Code;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import io.rekindle.job.archive.ArchiveException;
import io.rekindle.job.archive.ArchiveFile;
import io.rekindle.job.archive.Companions;
import io.rekindle.snapshot.Snapshot;
import io.rekindle.snapshot.SnapshotBuilder;
import io.rekindle.snapshot.SnapshotCodec;
import io.rekindle.snapshot.StateSink;
import io.rekindle.snapshot.Unlisted;
import io.rekindle.snapshot.importer.PrestateDump;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

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
      PrestateDump dump = PrestateDump.read(in, file.path());
      dump.writeTo(new Filling(builder));
      dump.absentAccounts().forEach(builder::absent);
      return encoded(builder.build());
    } catch (IOException e) {
      throw new ArchiveException(file.path(), "", e.getMessage(), e);
    }
  }

  /**
   * Fills a snapshot. An account that has sent and created nothing and has no code has no storage
   * beyond what is listed: a dump cannot say so, and creating a contract there asks for it
   * (EIP-7610). The few accounts of which that is not true lie where no contract can be made.
   */
  private record Filling(SnapshotBuilder snapshot) implements StateSink {
    @Override
    public void account(Address address, Account account) {
      if (account.nonce() == 0 && account.codeHash().equals(Code.EMPTY_HASH)) {
        snapshot.accountWithWholeStorage(address, account);
      } else {
        snapshot.account(address, account);
      }
    }

    @Override
    public void hashedAccount(Hash addressHash, Account account) {
      snapshot.hashedAccount(addressHash, account);
    }

    @Override
    public void slot(UInt256 slot, UInt256 value) {
      snapshot.slot(slot, value);
    }

    @Override
    public void hashedSlot(Hash slotHash, UInt256 value) {
      snapshot.hashedSlot(slotHash, value);
    }

    @Override
    public void code(Code code) {
      snapshot.code(code);
    }
  }

  /** The same state, where a read of what is not listed has no answer. */
  static byte[] strict(byte[] encoded) {
    return encoded(decode(encoded).strict());
  }

  static byte[] encoded(Snapshot snapshot) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      new SnapshotCodec().write(snapshot, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  static Snapshot decode(byte[] encoded) {
    try {
      return new SnapshotCodec().readSnapshot(new ByteArrayInputStream(encoded));
    } catch (IOException e) {
      throw new IllegalStateException("a snapshot that this job has written", e);
    }
  }
}
