package io.rekindle.job.table;

import io.rekindle.merge.HintAtFault;
import io.rekindle.merge.StateKey;
import io.rekindle.merge.wire.WireReader;
import io.rekindle.merge.wire.WireWriter;
import io.rekindle.partitioner.HintSource;

/**
 * Why a unit was executed again.
 *
 * @param reader the unit's block access index
 * @param key on which it was stale
 * @param writerBlock number of the block with the last unit before it that wrote the key, or -1
 *     where the unit failed on its own assumptions
 * @param writerIndex that unit's block access index, or -1
 * @param wastedGas what the discarded execution had used
 * @param fault which prediction of the plan failed
 */
@SuppressWarnings("EnumOrdinal") // Both ends are one build.
public record ConflictFacts(
    int reader,
    StateKey key,
    long writerBlock,
    int writerIndex,
    long wastedGas,
    HintAtFault fault) {
  private static final int NO_SOURCE = -1;

  void write(WireWriter out) {
    out.number(reader);
    Dependency.writeKey(key, out);
    out.number(writerBlock).number(writerIndex).number(wastedGas);
    out.number(fault.cause().ordinal());
    out.number(fault.source() == null ? NO_SOURCE : fault.source().ordinal());
  }

  static ConflictFacts read(WireReader in) {
    return new ConflictFacts(
        in.count(), Dependency.readKey(in), in.number(), in.count(), in.number(), readFault(in));
  }

  private static HintAtFault readFault(WireReader in) {
    HintAtFault.Cause cause = HintAtFault.Cause.values()[in.count()];
    int source = in.count();
    return new HintAtFault(cause, source == NO_SOURCE ? null : HintSource.values()[source]);
  }
}
