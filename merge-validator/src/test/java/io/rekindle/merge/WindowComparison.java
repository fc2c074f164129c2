package io.rekindle.merge;

import io.rekindle.evm.chain.LogsBloom;
import io.rekindle.evm.chain.Receipt;
import io.rekindle.evm.chain.Roots;
import io.rekindle.evm.process.Outcome;
import io.rekindle.evm.process.Unit;
import io.rekindle.evm.process.UnitResult;
import io.rekindle.evm.state.OverlayState;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import io.rekindle.snapshot.sidecar.Sidecar;
import io.rekindle.snapshot.trie.StateTrie;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Says what differs between a merged window and its serial execution; empty where nothing does. */
final class WindowComparison {
  private WindowComparison() {}

  /** In results, writes, logs and the state after the window: all that a block commits to. */
  static String effects(EquivalenceCase.Run run) {
    MergedWindow merged = run.merged();
    List<Outcome> expected = run.serial();
    if (merged.runs().size() != expected.size()) {
      return "ends after " + merged.runs().size() + " units, serially " + expected.size();
    }
    for (int i = 0; i < expected.size(); i++) {
      String part =
          OutcomeComparison.firstDifference(expected.get(i), merged.runs().get(i).outcome());
      if (part != null) {
        return part + " of unit " + i + " in " + run.window().fork;
      }
    }
    return stateDifference(
        serialWindow(run).stateAfter(run.window().base), merged.stateAfter(run.window().base));
  }

  /** In all of these, and in what was learned, receipts, roots and sidecars. */
  static String everything(EquivalenceCase.Run run) {
    String difference = effects(run);
    if (!difference.isEmpty()) {
      return difference;
    }
    for (int i = 0; i < run.serial().size(); i++) {
      Outcome outcome = run.merged().runs().get(i).outcome();
      if (!ReadComparison.same(run.serial().get(i).reads(), outcome.reads())) {
        return "reads of unit " + i + " in " + run.window().fork;
      }
    }
    MergedWindow serial = serialWindow(run);
    if (!receiptsRoots(run.window(), serial).equals(receiptsRoots(run.window(), run.merged()))) {
      return "receipts roots in " + run.window().fork;
    }
    if (!stateRoot(run.window(), serial).equals(stateRoot(run.window(), run.merged()))) {
      return "state root in " + run.window().fork;
    }
    return serial.invalidUnit() >= 0 ? "" : sidecarDifference(run.window(), serial, run.merged());
  }

  /** As if serial execution had been merged. */
  static MergedWindow serialWindow(EquivalenceCase.Run run) {
    List<UnitRun> runs = new ArrayList<>();
    for (int i = 0; i < run.serial().size(); i++) {
      runs.add(new UnitRun(i, run.serial().get(i), 0));
    }
    return new MergedWindow(runs, List.of(), null);
  }

  private static List<Hash> receiptsRoots(RandomWindow window, MergedWindow merged) {
    List<Hash> roots = new ArrayList<>();
    List<Receipt> receipts = new ArrayList<>();
    long gas = 0;
    for (UnitRun run : merged.runs()) {
      Outcome outcome = run.outcome();
      if (outcome.result() instanceof UnitResult.Executed executed) {
        Unit.TransactionUnit unit = (Unit.TransactionUnit) window.units.get(run.index());
        gas += executed.gasUsed();
        receipts.add(
            new Receipt(
                unit.transaction().type(),
                null,
                executed.success(),
                gas,
                LogsBloom.of(outcome.logs()),
                outcome.logs()));
      } else if (outcome.result() instanceof UnitResult.Closed) {
        roots.add(Roots.receipts(receipts));
        receipts.clear();
        gas = 0;
      }
    }
    return roots;
  }

  private static Hash stateRoot(RandomWindow window, MergedWindow merged) {
    return StateTrie.EMPTY.apply(window.base).apply(merged.stateAfter(window.base)).root();
  }

  private static String sidecarDifference(RandomWindow window, MergedWindow a, MergedWindow b) {
    List<Sidecar> left = WindowSidecars.of(window.units, a, window.base);
    List<Sidecar> right = WindowSidecars.of(window.units, b, window.base);
    for (int i = 0; i < left.size(); i++) {
      if (!left.get(i).sameAs(right.get(i))) {
        return "sidecar of block " + i + " in " + window.fork;
      }
    }
    return left.size() == right.size() ? "" : right.size() + " sidecars, not " + left.size();
  }

  private static String stateDifference(OverlayState a, OverlayState b) {
    Set<Address> addresses = new HashSet<>(a.changes().keySet());
    addresses.addAll(b.changes().keySet());
    for (Address address : addresses) {
      if (!Objects.equals(a.account(address), b.account(address))) {
        return "account " + address;
      }
      Set<UInt256> slots = new HashSet<>();
      for (OverlayState state : List.of(a, b)) {
        if (state.changes().containsKey(address)) {
          slots.addAll(state.changes().get(address).slots().keySet());
        }
      }
      for (UInt256 slot : slots) {
        if (!a.storage(address, slot).equals(b.storage(address, slot))) {
          return "slot " + slot + " of " + address;
        }
      }
      if (a.hasStorage(address) != b.hasStorage(address)) {
        return "storage of " + address;
      }
    }
    return "";
  }
}
