package io.rekindle.merge.wire;

import io.rekindle.evm.process.Outcome;
import io.rekindle.merge.PartitionResult;
import io.rekindle.merge.UnitRun;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * Outcomes in flat form, in order, without the partitions they come from. Those that came from an
 * executor are flat already and are copied; only those of units that were run again are encoded.
 */
public final class EncodedOutcomes {
  /** The flat form of an outcome, within that of its partition. */
  private record Slice(byte[] bytes, int from, int to) {}

  private final IdentityHashMap<Outcome, Slice> known = new IdentityHashMap<>();

  /**
   * Remembers where the outcomes of a partition stand in its flat form.
   *
   * @param result that was decoded from the bytes
   * @param encoded starts with {@link PartitionCodec#write} of it
   */
  public void add(PartitionResult result, byte[] encoded) {
    WireReader in = new WireReader(encoded);
    in.number(); // version
    in.number(); // partition
    in.number(); // count
    for (UnitRun run : result.runs()) {
      in.number(); // index
      in.number(); // time
      int from = in.position();
      OutcomeCodec.skip(in);
      known.put(run.outcome(), new Slice(encoded, from, in.position()));
    }
  }

  /** Writes the flat form, for {@link #read} and {@link #readReceipts}. */
  public void write(WireWriter out, List<Outcome> outcomes) {
    out.number(PartitionCodec.VERSION).number(outcomes.size());
    for (Outcome outcome : outcomes) {
      Slice slice = known.get(outcome);
      if (slice == null) {
        OutcomeCodec.write(out, outcome);
      } else {
        out.raw(slice.bytes(), slice.from(), slice.to());
      }
    }
  }

  /** Bytes to make room for: enough where all are flat already. */
  public int size(List<Outcome> outcomes) {
    int size = 20;
    for (Outcome outcome : outcomes) {
      Slice slice = known.get(outcome);
      size += slice == null ? 512 : slice.to() - slice.from();
    }
    return size;
  }

  /**
   * @throws WireFormatException where the bytes are no outcomes
   */
  public static List<Outcome> read(WireReader in) {
    return read(in, OutcomeCodec::read);
  }

  /**
   * Only what their receipts tell; the sets of what was read and written are empty.
   *
   * @throws WireFormatException where the bytes are no outcomes
   */
  public static List<Outcome> readReceipts(WireReader in) {
    return read(in, OutcomeCodec::readReceipt);
  }

  private interface Reading {
    Outcome next(WireReader in);
  }

  private static List<Outcome> read(WireReader in, Reading reading) {
    try {
      if (in.number() != PartitionCodec.VERSION) {
        throw new WireFormatException("outcomes of another version");
      }
      int count = in.count();
      List<Outcome> outcomes = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        outcomes.add(reading.next(in));
      }
      return outcomes;
    } catch (IndexOutOfBoundsException | ArithmeticException e) {
      throw new WireFormatException("outcomes are damaged: " + e.getMessage());
    }
  }
}
