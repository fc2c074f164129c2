package io.rekindle.evm.process;

import io.rekindle.evm.process.UnitResult.Executed;
import io.rekindle.evm.process.UnitResult.Invalid;
import io.rekindle.evm.state.AccountWrites;
import io.rekindle.evm.state.Log;
import io.rekindle.evm.word.Hex;
import java.util.Arrays;

/**
 * All of an outcome that must be the same on any state on which its reads hold, as text. What was
 * learned is no part of it: emptiness, for one, is learned as such on one state and as code on
 * another.
 */
final class OutcomeText {
  private OutcomeText() {}

  static String of(Outcome outcome) {
    StringBuilder text = new StringBuilder();
    UnitResult result = outcome.result();
    if (result instanceof Executed executed) {
      text.append(executed.halt()).append(' ').append(executed.gasUsed()).append(' ');
      text.append(executed.gasRefunded()).append(' ').append(Hex.encode(executed.output()));
    } else if (result instanceof Invalid invalid) {
      text.append(invalid.reason());
    } else {
      text.append(result.getClass().getSimpleName());
    }
    for (Log log : outcome.logs()) {
      text.append("\nlog ").append(log.address()).append(log.topics());
      text.append(Hex.encode(log.data()));
    }
    for (AccountWrites writes : outcome.writes().accounts()) {
      append(text, writes);
    }
    return text.toString();
  }

  private static void append(StringBuilder text, AccountWrites writes) {
    text.append("\nwrites ").append(writes.address());
    text.append(" +")
        .append(writes.balanceIncrease())
        .append(" -")
        .append(writes.balanceDecrease());
    text.append(writes.nonceWritten() ? " nonce " + writes.nonce() : "");
    text.append(writes.code() == null ? "" : " code " + writes.code().hash());
    text.append(writes.created() ? " created" : "").append(writes.destroyed() ? " destroyed" : "");
    text.append(writes.touched() ? " touched " : " ");
    text.append(Arrays.toString(writes.slots())).append(Arrays.toString(writes.values()));
  }
}
