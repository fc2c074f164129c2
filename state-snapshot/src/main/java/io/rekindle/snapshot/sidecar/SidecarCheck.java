package io.rekindle.snapshot.sidecar;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Holds a sidecar that was used against the one that the block's units made when they ran on it.
 * Where both are the same, block after block from a true base, every unit did start from its true
 * state: its writes were made of what the units before it wrote, none missing and none extra.
 */
public final class SidecarCheck {
  private SidecarCheck() {}

  /**
   * The first difference, for the user, or null where there is none.
   *
   * @param claimed what the versioned snapshot was built of
   * @param observed made by a {@link SidecarBuilder} of the outcomes, on the true state before
   */
  public static String difference(Sidecar claimed, Sidecar observed) {
    String difference = lists(claimed.list().accounts(), observed.list().accounts());
    if (difference != null) {
      return difference;
    }
    if (claimed.units().size() != observed.units().size()) {
      return "the sidecar has "
          + claimed.units().size()
          + " units, the block "
          + observed.units().size();
    }
    for (int unit = 0; unit < claimed.units().size(); unit++) {
      UnitAccess one = claimed.units().get(unit);
      UnitAccess other = observed.units().get(unit);
      if (!one.marks().equals(other.marks())) {
        return "unit " + unit + ": the accounts written or touched differ";
      }
      Sidecar claimedReads = new Sidecar(claimed.list(), List.of(one));
      Sidecar observedReads = new Sidecar(observed.list(), List.of(other));
      if (!Arrays.equals(claimedReads.extensionBytes(), observedReads.extensionBytes())) {
        return "unit " + unit + ": the reads differ";
      }
    }
    return null;
  }

  private static String lists(List<AccountAccess> claimed, List<AccountAccess> observed) {
    for (int i = 0; i < Math.max(claimed.size(), observed.size()); i++) {
      AccountAccess one = i < claimed.size() ? claimed.get(i) : null;
      AccountAccess other = i < observed.size() ? observed.get(i) : null;
      if (one == null || other == null || !one.address().equals(other.address())) {
        return "the sidecar has account "
            + (one == null ? "none" : one.address())
            + " where the block has "
            + (other == null ? "none" : other.address());
      }
      String difference = accounts(one, other);
      if (difference != null) {
        return "account " + one.address() + ": " + difference;
      }
    }
    return null;
  }

  private static String accounts(AccountAccess one, AccountAccess other) {
    if (!one.storageChanges().equals(other.storageChanges())) {
      return "the changes of its storage differ";
    }
    if (!one.storageReads().equals(other.storageReads())) {
      return "the slots read differ";
    }
    if (!one.balances().equals(other.balances())) {
      return "its balances differ";
    }
    if (!one.nonces().equals(other.nonces())) {
      return "its nonces differ";
    }
    return Objects.equals(codeHashes(one), codeHashes(other)) ? null : "its code differs";
  }

  private static List<String> codeHashes(AccountAccess account) {
    return account.codes().stream()
        .map(change -> change.blockAccessIndex() + " " + change.value().hash())
        .toList();
  }
}
