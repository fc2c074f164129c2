package io.rekindle.job.table;

import io.rekindle.merge.StateKey;
import io.rekindle.merge.wire.WireReader;
import io.rekindle.merge.wire.WireWriter;

/**
 * A unit before, of which something that a unit read depends.
 *
 * @param key what was read
 * @param writerBlock number of the block whose unit wrote it
 * @param writerIndex that unit's block access index
 * @param semantic whether the unit learned something that the writer made so; if not, the EVM
 *     looked at what the writer changed
 */
public record Dependency(StateKey key, long writerBlock, int writerIndex, boolean semantic) {
  private static final StateKey.Kind[] KINDS = StateKey.Kind.values();

  /**
   * @param place of the writer, as {@link DependencyTracker} orders them
   */
  static Dependency at(long place, StateKey key, boolean semantic) {
    return new Dependency(
        key, DependencyTracker.blockOf(place), DependencyTracker.indexOf(place), semantic);
  }

  void write(WireWriter out) {
    writeKey(key, out);
    out.number(writerBlock).number(writerIndex).flag(semantic);
  }

  static Dependency read(WireReader in) {
    return new Dependency(readKey(in), in.number(), in.count(), in.flag());
  }

  @SuppressWarnings("EnumOrdinal") // Both ends are one build.
  static void writeKey(StateKey key, WireWriter out) {
    out.address(key.address()).number(key.kind().ordinal()).optionalWord(key.slot());
  }

  static StateKey readKey(WireReader in) {
    return new StateKey(in.address(), KINDS[in.count()], in.optionalWord());
  }
}
