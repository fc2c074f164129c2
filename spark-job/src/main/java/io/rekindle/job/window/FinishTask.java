package io.rekindle.job.window;

import io.rekindle.evm.process.Outcome;
import io.rekindle.evm.word.Hash;
import io.rekindle.merge.wire.EncodedOutcomes;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A block of a merged window that is to be finished.
 *
 * @param window number of the window in the job
 * @param block number of the block in the window
 * @param outcomes of its units, in chain order
 * @param stateRoots after each unit where receipts need them (before Byzantium) and they are known;
 *     else null
 */
public record FinishTask(int window, int block, List<Outcome> outcomes, List<Hash> stateRoots) {
  /**
   * @param known outcomes that are flat already
   */
  public byte[] encode(EncodedOutcomes known) {
    byte[] encoded = known.encode(outcomes);
    int roots = stateRoots == null ? 0 : 32 * stateRoots.size();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(encoded.length + roots + 13);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(window);
      out.writeInt(block);
      out.writeInt(encoded.length);
      out.write(encoded);
      out.writeBoolean(stateRoots != null);
      if (stateRoots != null) {
        for (Hash root : stateRoots) {
          out.write(root.toBytes());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  public static FinishTask decode(byte[] bytes) {
    return decode(bytes, EncodedOutcomes::decode);
  }

  /** Without what the outcomes read and wrote, which finishing does not ask for. */
  public static FinishTask decodeReceipts(byte[] bytes) {
    return decode(bytes, EncodedOutcomes::decodeReceipts);
  }

  private static FinishTask decode(byte[] bytes, Function<byte[], List<Outcome>> decoder) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int window = in.readInt();
      int block = in.readInt();
      List<Outcome> outcomes = decoder.apply(in.readNBytes(in.readInt()));
      List<Hash> roots = null;
      if (in.readBoolean()) {
        roots = new ArrayList<>(outcomes.size());
        for (int i = 0; i < outcomes.size(); i++) {
          roots.add(Hash.ofBytes(in.readNBytes(32)));
        }
      }
      return new FinishTask(window, block, outcomes, roots);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
