package io.rekindle.job.table;

import io.rekindle.merge.StateKey;
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
 * @param hint where it was known from that the unit would touch the key, in lower case; {@code
 *     none} where it was not
 */
public record ConflictFacts(
    int reader, StateKey key, long writerBlock, int writerIndex, long wastedGas, String hint) {
  void write(DataOutputStream out) throws IOException {
    out.writeInt(reader);
    Dependency.writeKey(key, out);
    out.writeLong(writerBlock);
    out.writeInt(writerIndex);
    out.writeLong(wastedGas);
    out.writeUTF(hint);
  }

  static ConflictFacts read(DataInputStream in) throws IOException {
    return new ConflictFacts(
        in.readInt(),
        Dependency.readKey(in),
        in.readLong(),
        in.readInt(),
        in.readLong(),
        in.readUTF());
  }
}
