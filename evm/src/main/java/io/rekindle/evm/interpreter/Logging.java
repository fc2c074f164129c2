package io.rekindle.evm.interpreter;

import io.rekindle.evm.state.Log;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.Words;
import java.util.List;

/** LOG0 to LOG4. */
final class Logging {
  private Logging() {}

  static long log(Machine machine, Frame frame, int sp, long gas, int topicCount) {
    if (frame.isStatic) {
      return Fault.STATIC_VIOLATION;
    }
    long offset = Words.toLongSaturated(frame.stack, sp - 4);
    long length = Words.toLongSaturated(frame.stack, sp - 8);
    long left = frame.memory.grow(gas, offset, length);
    if (left < 0) {
      return left;
    }
    left -= GasCosts.LOG_BYTE * length;
    if (left < 0) {
      return left;
    }
    Hash[] topics = new Hash[topicCount];
    for (int topic = 0; topic < topicCount; topic++) {
      topics[topic] = Words.toHash(frame.stack, sp - 12 - 4 * topic);
    }
    byte[] data = length == 0 ? Frame.NO_BYTES : frame.memory.slice((int) offset, (int) length);
    machine.journal.addLog(new Log(frame.self.address(), List.of(topics), data));
    return left;
  }
}
