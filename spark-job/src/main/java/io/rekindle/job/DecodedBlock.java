package io.rekindle.job;

import io.rekindle.evm.chain.Header;
import io.rekindle.evm.chain.Senders;
import io.rekindle.evm.chain.Transaction;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import io.rekindle.job.archive.ArchiveException;
import io.rekindle.job.archive.ArchivedBlock;
import io.rekindle.job.archive.BlockSource.BlockRange;
import io.rekindle.job.table.Took;
import io.rekindle.job.window.WindowBlock;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A block that executors have read, with the senders of its transactions; what the driver needs to
 * cut windows and to link blocks.
 *
 * @param gasUsed the header's
 * @param encoded RLP of the block
 * @param senders null where a signature gives none
 * @param place in the archive, for messages
 * @param missingOmmers ommers that the archive names but does not hold
 * @param ancestors hashes of earlier blocks that the archive has for this one
 * @param prestate wire form of the state that the block starts from, where the archive has it; else
 *     null
 * @param difficulty the header's
 * @param totalDifficulty up to and with the block, where the archive says it; else null
 * @param took what reading it and recovering its senders took
 */
record DecodedBlock(
    long number,
    Hash hash,
    Hash parentHash,
    long gasUsed,
    byte[] encoded,
    List<Address> senders,
    String place,
    int missingOmmers,
    Map<Long, Hash> ancestors,
    byte[] prestate,
    UInt256 difficulty,
    UInt256 totalDifficulty,
    Took took) {
  /** Reads what lies beside the block, too, and recovers senders. */
  static DecodedBlock of(ArchivedBlock block, Took start) {
    List<Address> senders = new ArrayList<>();
    for (Transaction transaction : block.block().transactions()) {
      senders.add(Senders.recover(transaction));
    }
    return of(block, senders, start);
  }

  private static DecodedBlock of(ArchivedBlock block, List<Address> senders, Took start) {
    Header header = block.block().header();
    return new DecodedBlock(
        header.number(),
        block.hash(),
        header.parentHash(),
        header.gasUsed(),
        block.encoded(),
        senders,
        block.place(),
        block.missingOmmers(),
        block.companions() == null ? Map.of() : block.companions().readBlockHashes(),
        block.companions() == null ? null : Prestates.encoded(block.companions()),
        header.difficulty(),
        block.totalDifficulty(),
        Took.since(start));
  }

  DecodedBlock withPrestate(byte[] state) {
    return new DecodedBlock(
        number,
        hash,
        parentHash,
        gasUsed,
        encoded,
        senders,
        place,
        missingOmmers,
        ancestors,
        state,
        difficulty,
        totalDifficulty,
        took);
  }

  DecodedBlock withAncestors(Map<Long, Hash> hashes) {
    return new DecodedBlock(
        number,
        hash,
        parentHash,
        gasUsed,
        encoded,
        senders,
        place,
        missingOmmers,
        hashes,
        prestate,
        difficulty,
        totalDifficulty,
        took);
  }

  /**
   * @param total difficulty up to and with the block, or null where it is not known
   */
  WindowBlock inWindow(Map<Long, Hash> knownAncestors, UInt256 total) {
    return new WindowBlock(encoded, hash, senders, knownAncestors, missingOmmers == 0, total);
  }

  /**
   * The block as a window of its own, on the state that lies beside it.
   *
   * @throws ArchiveException where there is none
   */
  WindowBlock alone() {
    if (prestate == null) {
      throw new ArchiveException(place, "prestate", "there is no state for this block");
    }
    return inWindow(ancestors, totalDifficulty);
  }

  /** From the first to the last of some consecutive blocks. */
  static BlockRange rangeOf(List<DecodedBlock> blocks) {
    return new BlockRange(blocks.get(0).number(), blocks.get(blocks.size() - 1).number());
  }

  byte[] toBytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(encoded.length + 256);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeLong(number);
      out.write(hash.toBytes());
      out.write(parentHash.toBytes());
      out.writeLong(gasUsed);
      out.writeInt(encoded.length);
      out.write(encoded);
      out.writeInt(senders.size());
      for (Address sender : senders) {
        out.writeBoolean(sender != null);
        if (sender != null) {
          out.write(sender.toBytes());
        }
      }
      out.writeUTF(place);
      out.writeInt(missingOmmers);
      out.writeInt(ancestors.size());
      for (Map.Entry<Long, Hash> ancestor : ancestors.entrySet()) {
        out.writeLong(ancestor.getKey());
        out.write(ancestor.getValue().toBytes());
      }
      out.writeInt(prestate == null ? -1 : prestate.length);
      if (prestate != null) {
        out.write(prestate);
      }
      out.write(difficulty.toBytes());
      out.writeBoolean(totalDifficulty != null);
      if (totalDifficulty != null) {
        out.write(totalDifficulty.toBytes());
      }
      took.write(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static DecodedBlock ofBytes(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      long number = in.readLong();
      Hash hash = Hash.ofBytes(in.readNBytes(32));
      Hash parentHash = Hash.ofBytes(in.readNBytes(32));
      long gasUsed = in.readLong();
      byte[] encoded = in.readNBytes(in.readInt());
      int count = in.readInt();
      List<Address> senders = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        senders.add(in.readBoolean() ? Address.ofBytes(in.readNBytes(20)) : null);
      }
      String place = in.readUTF();
      int missingOmmers = in.readInt();
      Map<Long, Hash> ancestors = new HashMap<>();
      for (int left = in.readInt(); left > 0; left--) {
        ancestors.put(in.readLong(), Hash.ofBytes(in.readNBytes(32)));
      }
      int length = in.readInt();
      return new DecodedBlock(
          number,
          hash,
          parentHash,
          gasUsed,
          encoded,
          senders,
          place,
          missingOmmers,
          ancestors,
          length < 0 ? null : in.readNBytes(length),
          UInt256.ofBytes(in.readNBytes(32)),
          in.readBoolean() ? UInt256.ofBytes(in.readNBytes(32)) : null,
          Took.read(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
