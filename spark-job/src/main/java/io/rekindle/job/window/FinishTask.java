package io.rekindle.job.window;

import io.rekindle.evm.process.Outcome;
import io.rekindle.evm.word.Hash;
import io.rekindle.merge.wire.EncodedOutcomes;
import io.rekindle.merge.wire.WireReader;
import io.rekindle.merge.wire.WireWriter;
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
    int roots = stateRoots == null ? 0 : 32 * stateRoots.size();
    WireWriter out = new WireWriter(known.size(outcomes) + roots + 32);
    out.number(window).number(block);
    known.write(out, outcomes);
    out.flag(stateRoots != null);
    if (stateRoots != null) {
      stateRoots.forEach(out::hash);
    }
    return out.toBytes();
  }

  public static FinishTask decode(byte[] bytes) {
    return read(new WireReader(bytes));
  }

  /** Reads what was encoded, after which more may come. */
  public static FinishTask read(WireReader in) {
    return read(in, EncodedOutcomes::read);
  }

  /** Without what the outcomes read and wrote, which finishing does not ask for. */
  public static FinishTask decodeReceipts(byte[] bytes) {
    return read(new WireReader(bytes), EncodedOutcomes::readReceipts);
  }

  private static FinishTask read(WireReader in, Function<WireReader, List<Outcome>> decoder) {
    int window = in.count();
    int block = in.count();
    List<Outcome> outcomes = decoder.apply(in);
    List<Hash> roots = null;
    if (in.flag()) {
      roots = new ArrayList<>(outcomes.size());
      for (int i = 0; i < outcomes.size(); i++) {
        roots.add(in.hash());
      }
    }
    return new FinishTask(window, block, outcomes, roots);
  }
}
