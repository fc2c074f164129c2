package io.rekindle.job.table;

import io.rekindle.evm.word.Hash;
import io.rekindle.job.window.FinishTask;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A verified block whose rows are to be made.
 *
 * @param facts one for each outcome of the block
 * @param stateRoot that the block was found to have; null where neither a complete state nor a
 *     witness tells it
 * @param conflicts of the block's units
 * @param window what its window took, with the first block of the window; else null
 */
public record RowTask(
    FinishTask block,
    List<UnitFacts> facts,
    Hash stateRoot,
    List<ConflictFacts> conflicts,
    WindowFacts window) {
  public byte[] encode() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      byte[] encoded = block.encode();
      out.writeInt(encoded.length);
      out.write(encoded);
      out.writeInt(facts.size());
      for (UnitFacts unit : facts) {
        unit.write(out);
      }
      out.writeBoolean(stateRoot != null);
      if (stateRoot != null) {
        out.write(stateRoot.toBytes());
      }
      out.writeInt(conflicts.size());
      for (ConflictFacts conflict : conflicts) {
        conflict.write(out);
      }
      out.writeBoolean(window != null);
      if (window != null) {
        window.write(out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  public static RowTask decode(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      FinishTask block = FinishTask.decode(in.readNBytes(in.readInt()));
      int count = in.readInt();
      List<UnitFacts> facts = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        facts.add(UnitFacts.read(in));
      }
      Hash stateRoot = in.readBoolean() ? Hash.ofBytes(in.readNBytes(32)) : null;
      int conflictCount = in.readInt();
      List<ConflictFacts> conflicts = new ArrayList<>(conflictCount);
      for (int i = 0; i < conflictCount; i++) {
        conflicts.add(ConflictFacts.read(in));
      }
      return new RowTask(
          block, facts, stateRoot, conflicts, in.readBoolean() ? WindowFacts.read(in) : null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
