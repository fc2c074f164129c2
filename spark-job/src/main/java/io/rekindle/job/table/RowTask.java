package io.rekindle.job.table;

import io.rekindle.evm.process.BlockCheck;
import io.rekindle.job.window.CheckCodec;
import io.rekindle.job.window.FinishTask;
import io.rekindle.merge.wire.WireReader;
import io.rekindle.merge.wire.WireWriter;
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
 * @param number of the block
 * @param valid whether every unit of the block was valid and fitted it
 * @param checks all that the block was held against
 * @param facts one for each outcome of the block
 * @param conflicts of the block's units
 * @param window what its window took, with the first block of the window; else null
 */
public record RowTask(
    FinishTask block,
    long number,
    boolean valid,
    List<BlockCheck> checks,
    List<UnitFacts> facts,
    List<ConflictFacts> conflicts,
    WindowFacts window) {
  /**
   * @param encoded flat form of the block, which its finishing has needed as well
   */
  public byte[] encode(byte[] encoded) {
    WireWriter units = new WireWriter(encoded.length + 1024).number(facts.size());
    facts.forEach(unit -> unit.write(units));
    units.number(conflicts.size());
    conflicts.forEach(conflict -> conflict.write(units));
    byte[] encodedUnits = units.toBytes();
    ByteArrayOutputStream bytes =
        new ByteArrayOutputStream(encoded.length + encodedUnits.length + 4096);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(encoded.length);
      out.write(encoded);
      out.writeLong(number);
      out.writeBoolean(valid);
      CheckCodec.write(checks, out);
      out.writeInt(encodedUnits.length);
      out.write(encodedUnits);
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
      long number = in.readLong();
      boolean valid = in.readBoolean();
      List<BlockCheck> checks = CheckCodec.read(number, in);
      WireReader units = new WireReader(in.readNBytes(in.readInt()));
      List<UnitFacts> facts = new ArrayList<>();
      for (int left = units.count(); left > 0; left--) {
        facts.add(UnitFacts.read(units));
      }
      List<ConflictFacts> conflicts = new ArrayList<>();
      for (int left = units.count(); left > 0; left--) {
        conflicts.add(ConflictFacts.read(units));
      }
      return new RowTask(
          block,
          number,
          valid,
          checks,
          facts,
          conflicts,
          in.readBoolean() ? WindowFacts.read(in) : null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
