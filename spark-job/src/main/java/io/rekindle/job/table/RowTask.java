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
    WireWriter out = new WireWriter(2 * encoded.length + 4096);
    out.raw(encoded, 0, encoded.length).number(number).flag(valid);
    out.number(facts.size());
    facts.forEach(unit -> unit.write(out));
    out.number(conflicts.size());
    conflicts.forEach(conflict -> conflict.write(out));
    return out.bytes(encodedVerdict()).toBytes();
  }

  private byte[] encodedVerdict() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(4096);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      CheckCodec.write(checks, out);
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
    WireReader in = new WireReader(bytes);
    final FinishTask block = FinishTask.read(in);
    final long number = in.number();
    final boolean valid = in.flag();
    List<UnitFacts> facts = new ArrayList<>();
    for (int left = in.count(); left > 0; left--) {
      facts.add(UnitFacts.read(in));
    }
    List<ConflictFacts> conflicts = new ArrayList<>();
    for (int left = in.count(); left > 0; left--) {
      conflicts.add(ConflictFacts.read(in));
    }
    try (DataInputStream verdict = new DataInputStream(new ByteArrayInputStream(in.bytes()))) {
      return new RowTask(
          block,
          number,
          valid,
          CheckCodec.read(number, verdict),
          facts,
          conflicts,
          verdict.readBoolean() ? WindowFacts.read(verdict) : null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
