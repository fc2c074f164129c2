package io.rekindle.conformance;

import io.rekindle.evm.state.Account;
import io.rekindle.evm.state.OverlayState;
import io.rekindle.evm.state.StateReader;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.UInt256;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Finds words for what two states differ in, to say more than that their roots do. */
final class StateDifference {
  private StateDifference() {}

  /**
   * The first account, in order of address, that differs, in one line; empty where all those that
   * are expected or named are as they should be.
   *
   * @param candidates accounts that may exist without being expected
   */
  static String first(OverlayState expected, StateReader actual, Set<Address> candidates) {
    Map<Address, OverlayState.Change> accounts = new TreeMap<>(expected.changes());
    Set<Address> addresses = new TreeSet<>(accounts.keySet());
    addresses.addAll(candidates);
    for (Address address : addresses) {
      Account wanted = expected.account(address);
      Account found = actual.account(address);
      if (wanted == null ? found != null : !wanted.equals(found)) {
        return "; account " + address + " is " + found + ", expected " + wanted;
      }
      OverlayState.Change change = accounts.get(address);
      if (change != null) {
        for (Map.Entry<UInt256, UInt256> slot : change.slots().entrySet()) {
          UInt256 value = actual.storage(address, slot.getKey());
          if (!value.equals(slot.getValue())) {
            return "; slot %s of %s is %s, expected %s"
                .formatted(slot.getKey(), address, value, slot.getValue());
          }
        }
      }
    }
    return "";
  }
}
