package io.rekindle.merge;

import io.rekindle.evm.process.Outcome;
import io.rekindle.evm.process.UnitResult;
import io.rekindle.evm.state.AccountWrites;
import io.rekindle.evm.state.Log;
import io.rekindle.evm.state.WriteSet;
import io.rekindle.evm.word.UInt256;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Compares what two executions of a unit gave, whatever the order in which they met accounts. */
public final class OutcomeComparison {
  private OutcomeComparison() {}

  /** {@code result}, {@code writes} or {@code logs}: the first that differs, or null. */
  public static String firstDifference(Outcome a, Outcome b) {
    if (!sameResult(a.result(), b.result())) {
      return "result";
    }
    if (!sameWrites(a.writes(), b.writes())) {
      return "writes";
    }
    return sameLogs(a.logs(), b.logs()) ? null : "logs";
  }

  private static boolean sameResult(UnitResult a, UnitResult b) {
    if (a instanceof UnitResult.Executed x && b instanceof UnitResult.Executed y) {
      return x.halt() == y.halt()
          && x.gasUsed() == y.gasUsed()
          && x.gasRefunded() == y.gasRefunded()
          && Arrays.equals(x.output(), y.output())
          && Objects.equals(x.created(), y.created());
    }
    if (a instanceof UnitResult.Closed x && b instanceof UnitResult.Closed y) {
      return sameBytes(x.requests(), y.requests());
    }
    if (a instanceof UnitResult.Invalid x && b instanceof UnitResult.Invalid y) {
      return x.reason() == y.reason();
    }
    return a instanceof UnitResult.Opened && b instanceof UnitResult.Opened;
  }

  private static boolean sameBytes(List<byte[]> a, List<byte[]> b) {
    if (a.size() != b.size()) {
      return false;
    }
    for (int i = 0; i < a.size(); i++) {
      if (!Arrays.equals(a.get(i), b.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameLogs(List<Log> a, List<Log> b) {
    if (a.size() != b.size()) {
      return false;
    }
    for (int i = 0; i < a.size(); i++) {
      Log x = a.get(i);
      Log y = b.get(i);
      if (!x.address().equals(y.address())
          || !x.topics().equals(y.topics())
          || !Arrays.equals(x.data(), y.data())) {
        return false;
      }
    }
    return true;
  }

  private static boolean sameWrites(WriteSet a, WriteSet b) {
    if (a.clearsEmptyAccounts() != b.clearsEmptyAccounts()
        || a.accounts().size() != b.accounts().size()) {
      return false;
    }
    List<AccountWrites> left = sorted(a);
    List<AccountWrites> right = sorted(b);
    for (int i = 0; i < left.size(); i++) {
      if (!same(left.get(i), right.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static List<AccountWrites> sorted(WriteSet writes) {
    return writes.accounts().stream().sorted(Comparator.comparing(AccountWrites::address)).toList();
  }

  private static boolean same(AccountWrites a, AccountWrites b) {
    return a.address().equals(b.address())
        && a.balanceIncrease().equals(b.balanceIncrease())
        && a.balanceDecrease().equals(b.balanceDecrease())
        && a.nonceWritten() == b.nonceWritten()
        && (!a.nonceWritten() || a.nonce() == b.nonce())
        && (a.code() == null) == (b.code() == null)
        && (a.code() == null || a.code().hash().equals(b.code().hash()))
        && a.created() == b.created()
        && a.destroyed() == b.destroyed()
        && a.touched() == b.touched()
        && slots(a).equals(slots(b));
  }

  private static Map<UInt256, UInt256> slots(AccountWrites writes) {
    Map<UInt256, UInt256> slots = new HashMap<>();
    for (int i = 0; i < writes.slots().length; i++) {
      slots.put(writes.slots()[i], writes.values()[i]);
    }
    return slots;
  }
}
