package io.rekindle.job.table;

import io.rekindle.merge.HintAtFault;
import io.rekindle.merge.StateKey;
import io.rekindle.partitioner.HintSource;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

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

  void write(DataOutputStream out) throws IOException {
    out.writeInt(reader);
    Dependency.writeKey(key, out);
    out.writeLong(writerBlock);
    out.writeInt(writerIndex);
    out.writeLong(wastedGas);
    out.writeByte(fault.cause().ordinal());
    out.writeByte(fault.source() == null ? NO_SOURCE : fault.source().ordinal());
  }

  static ConflictFacts read(DataInputStream in) throws IOException {
    return new ConflictFacts(
        in.readInt(),
        Dependency.readKey(in),
        in.readLong(),
        in.readInt(),
        in.readLong(),
        readFault(in));
  }

  private static HintAtFault readFault(DataInputStream in) throws IOException {
    HintAtFault.Cause cause = HintAtFault.Cause.values()[in.readByte()];
    int source = in.readByte();
    return new HintAtFault(cause, source == NO_SOURCE ? null : HintSource.values()[source]);
  }
}
