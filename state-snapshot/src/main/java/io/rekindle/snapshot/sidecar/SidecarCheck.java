package io.rekindle.snapshot.sidecar;

import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;

/**
 * Holds a sidecar that was used against the one that the block's units made when they ran on it.
 * Where both are the same, block after block from a true base, every unit did start from its true
 * state: its writes were made of what the units before it wrote, none missing and none extra.
 */
public final class SidecarCheck {
  private static final Comparator<SidecarEntries.Key> ORDER =
      Comparator.comparingLong(
              (SidecarEntries.Key key) -> Integer.toUnsignedLong(key.blockAccessIndex()))
          .thenComparing(
              SidecarEntries.Key::address, Comparator.nullsFirst(Comparator.naturalOrder()))
          .thenComparing(SidecarEntries.Key::entry);

  private SidecarCheck() {}

  /**
   * The first difference in order of units, accounts and entries, those of the whole block last; or
   * null where there is none.
   *
   * @param claimed what the versioned snapshot was built of
   * @param observed made by a {@link SidecarBuilder} of the outcomes, on the true state before
   */
  public static SidecarDifference difference(Sidecar claimed, Sidecar observed) {
    if (claimed.sameAs(observed)) {
      return null;
    }
    Map<SidecarEntries.Key, String> mine = entries(claimed);
    Map<SidecarEntries.Key, String> theirs = entries(observed);
    TreeMap<SidecarEntries.Key, String> all = new TreeMap<>(ORDER);
    all.putAll(mine);
    all.putAll(theirs);
    for (SidecarEntries.Key key : all.keySet()) {
      String one = mine.get(key);
      String other = theirs.get(key);
      if (one == null || !one.equals(other)) {
        return new SidecarDifference(
            key.blockAccessIndex(), key.address(), key.entry(), one, other);
      }
    }
    return new SidecarDifference(-1, null, "order of the entries", "another", "its own");
  }

  private static Map<SidecarEntries.Key, String> entries(Sidecar sidecar) {
    TreeMap<SidecarEntries.Key, String> entries = new TreeMap<>(ORDER);
    SidecarEntries.forEach(
        sidecar, (key, value) -> entries.merge(key, value, (one, more) -> one + " and " + more));
    return entries;
  }
}
