package io.rekindle.benchmarks;

import io.rekindle.evm.chain.Block;
import io.rekindle.evm.chain.Senders;
import io.rekindle.evm.chain.Transaction;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.job.archive.ArchivedBlock;
import io.rekindle.job.archive.BlockSplit;
import io.rekindle.snapshot.Snapshot;
import io.rekindle.snapshot.SnapshotBuilder;
import io.rekindle.snapshot.Unlisted;
import io.rekindle.snapshot.importer.PrestateDump;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * A block as decoding leaves it.
 *
 * @param senders of its transactions, in order
 * @param ancestors hashes of earlier blocks that lie beside it
 * @param state that it starts from, where that lies beside it; else null
 */
record BareBlock(
    ArchivedBlock archived, List<Address> senders, Map<Long, Hash> ancestors, Snapshot state) {
  static List<BareBlock> read(BlockSplit split) {
    List<BareBlock> blocks = new ArrayList<>();
    for (Iterator<ArchivedBlock> it = split.read(); it.hasNext(); ) {
      blocks.add(of(it.next()));
    }
    return blocks;
  }

  private static BareBlock of(ArchivedBlock archived) {
    List<Address> senders = new ArrayList<>();
    for (Transaction transaction : archived.block().transactions()) {
      senders.add(Senders.recover(transaction));
    }
    return archived.companions() == null
        ? new BareBlock(archived, senders, Map.of(), null)
        : new BareBlock(
            archived, senders, archived.companions().readBlockHashes(), prestate(archived));
  }

  private static Snapshot prestate(ArchivedBlock archived) {
    if (archived.companions().prestate() == null) {
      return null;
    }
    try (InputStream in = archived.companions().prestate().openUnpacked()) {
      SnapshotBuilder state = new SnapshotBuilder(Unlisted.ABSENT);
      PrestateDump.read(in, archived.place()).writeTo(state);
      return state.build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Block block() {
    return archived.block();
  }
}
