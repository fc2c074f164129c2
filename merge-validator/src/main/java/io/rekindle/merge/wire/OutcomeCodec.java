package io.rekindle.merge.wire;

import io.rekindle.evm.engine.CallFrame;
import io.rekindle.evm.engine.Halt;
import io.rekindle.evm.process.InvalidReason;
import io.rekindle.evm.process.Outcome;
import io.rekindle.evm.process.UnitResult;
import io.rekindle.evm.state.AccountReads;
import io.rekindle.evm.state.AccountWrites;
import io.rekindle.evm.state.Code;
import io.rekindle.evm.state.Log;
import io.rekindle.evm.state.ReadSet;
import io.rekindle.evm.state.WriteSet;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The flat form of an {@link Outcome}. Enums go by ordinal: both ends run the same build, which the
 * version checks.
 */
@SuppressWarnings("EnumOrdinal")
final class OutcomeCodec {
  private static final Halt[] HALTS = Halt.values();
  private static final CallFrame.Kind[] FRAME_KINDS = CallFrame.Kind.values();
  private static final InvalidReason[] REASONS = InvalidReason.values();

  private static final int EXECUTED = 0;
  private static final int OPENED = 1;
  private static final int CLOSED = 2;
  private static final int INVALID = 3;
  private static final int UNANSWERED = 4;

  private static final int NONCE_WRITTEN = 1;
  private static final int CODE_WRITTEN = 2;
  private static final int CREATED = 4;
  private static final int DESTROYED = 8;
  private static final int TOUCHED = 16;

  private OutcomeCodec() {}

  /** In two parts: what a receipt tells, and what was read, written and called. */
  static void write(WireWriter out, Outcome outcome) {
    int start = out.startPart();
    writeResult(out, outcome.result());
    out.number(outcome.logs().size());
    for (Log log : outcome.logs()) {
      out.address(log.address()).number(log.topics().size());
      for (Hash topic : log.topics()) {
        out.hash(topic);
      }
      out.bytes(log.data());
    }
    out.endPart(start);
    start = out.startPart();
    out.number(outcome.reads().accounts().size());
    for (AccountReads reads : outcome.reads().accounts()) {
      writeReads(out, reads);
    }
    out.flag(outcome.writes().clearsEmptyAccounts());
    out.number(outcome.writes().accounts().size());
    for (AccountWrites writes : outcome.writes().accounts()) {
      writeWrites(out, writes);
    }
    out.number(outcome.frames().size());
    for (CallFrame frame : outcome.frames()) {
      writeFrame(out, frame);
    }
    out.endPart(start);
  }

  private static void writeFrame(WireWriter out, CallFrame frame) {
    out.number(frame.kind().ordinal()).address(frame.from()).address(frame.to());
    out.word(frame.value()).number(frame.gas()).number(frame.gasUsed());
    out.bytes(frame.input()).bytes(frame.output()).number(frame.halt().ordinal());
    out.number(frame.traceAddress().size());
    frame.traceAddress().forEach(out::number);
    out.number(frame.subtraces());
  }

  private static CallFrame readFrame(WireReader in) {
    CallFrame.Kind kind = FRAME_KINDS[in.count()];
    Address from = in.address();
    Address to = in.address();
    UInt256 value = in.word();
    long gas = in.number();
    long gasUsed = in.number();
    byte[] input = in.bytes();
    byte[] output = in.bytes();
    Halt halt = HALTS[in.count()];
    int depth = in.count();
    List<Integer> traceAddress = new ArrayList<>(depth);
    for (int i = 0; i < depth; i++) {
      traceAddress.add(in.count());
    }
    return new CallFrame(
        kind, from, to, value, gas, gasUsed, input, output, halt, traceAddress, in.count());
  }

  /** Goes past an outcome. */
  static void skip(WireReader in) {
    in.skipPart();
    in.skipPart();
  }

  /** Reads the part that a receipt tells; what was read and written is left out. */
  static Outcome readReceipt(WireReader in) {
    in.startPart();
    Outcome outcome = new Outcome(readResult(in), ReadSet.EMPTY, WriteSet.EMPTY, readLogs(in));
    in.skipPart();
    return outcome;
  }

  static Outcome read(WireReader in) {
    in.startPart();
    UnitResult result = readResult(in);
    final List<Log> logs = readLogs(in);
    in.startPart();
    int readCount = in.count();
    List<AccountReads> reads = new ArrayList<>(readCount);
    for (int i = 0; i < readCount; i++) {
      reads.add(readReads(in));
    }
    boolean clearsEmptyAccounts = in.flag();
    int writeCount = in.count();
    List<AccountWrites> writes = new ArrayList<>(writeCount);
    for (int i = 0; i < writeCount; i++) {
      writes.add(readWrites(in));
    }
    int frameCount = in.count();
    List<CallFrame> frames = new ArrayList<>(frameCount);
    for (int i = 0; i < frameCount; i++) {
      frames.add(readFrame(in));
    }
    return new Outcome(
        result, new ReadSet(reads), new WriteSet(writes, clearsEmptyAccounts), logs, frames);
  }

  private static List<Log> readLogs(WireReader in) {
    int logCount = in.count();
    List<Log> logs = new ArrayList<>(logCount);
    for (int i = 0; i < logCount; i++) {
      Address address = in.address();
      int topicCount = in.count();
      Hash[] topics = new Hash[topicCount];
      for (int t = 0; t < topicCount; t++) {
        topics[t] = in.hash();
      }
      logs.add(new Log(address, List.of(topics), in.bytes()));
    }
    return logs;
  }

  private static void writeResult(WireWriter out, UnitResult result) {
    if (result instanceof UnitResult.Executed executed) {
      out.number(EXECUTED).number(executed.halt().ordinal()).number(executed.gasUsed());
      out.number(executed.gasRefunded()).bytes(executed.output());
      out.flag(executed.created() != null);
      if (executed.created() != null) {
        out.address(executed.created());
      }
    } else if (result instanceof UnitResult.Opened) {
      out.number(OPENED);
    } else if (result instanceof UnitResult.Closed closed) {
      out.number(CLOSED).number(closed.requests().size());
      closed.requests().forEach(out::bytes);
    } else if (result instanceof UnitResult.Invalid invalid) {
      out.number(INVALID).number(invalid.reason().ordinal()).bytes(text(invalid.detail()));
    } else if (result instanceof UnitResult.Unanswered unanswered) {
      out.number(UNANSWERED).bytes(text(unanswered.what()));
    }
  }

  private static UnitResult readResult(WireReader in) {
    int kind = in.count();
    return switch (kind) {
      case EXECUTED ->
          new UnitResult.Executed(
              HALTS[in.count()],
              in.number(),
              in.number(),
              in.bytes(),
              in.flag() ? in.address() : null);
      case OPENED -> new UnitResult.Opened();
      case CLOSED -> {
        int count = in.count();
        List<byte[]> requests = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
          requests.add(in.bytes());
        }
        yield new UnitResult.Closed(requests);
      }
      case INVALID -> new UnitResult.Invalid(REASONS[in.count()], text(in.bytes()));
      case UNANSWERED -> new UnitResult.Unanswered(text(in.bytes()));
      default -> throw new WireFormatException("no unit result has the number " + kind);
    };
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static void writeReads(WireWriter out, AccountReads reads) {
    boolean loaded = reads.balance() != null;
    out.address(reads.address()).number(reads.kinds()).number(reads.rawKinds()).flag(loaded);
    if (loaded) {
      out.word(reads.balance()).number(reads.nonce());
      boolean hasCode = !reads.codeHash().equals(Code.EMPTY_HASH);
      out.flag(hasCode);
      if (hasCode) {
        out.hash(reads.codeHash());
      }
    }
    out.optionalWord(reads.balanceAtLeast()).optionalWord(reads.balanceBelow());
    out.number((reads.dead() ? 1 : 0) | (reads.exists() ? 2 : 0) | (reads.hasStorage() ? 4 : 0));
    out.words(reads.slots()).words(reads.values());
  }

  private static AccountReads readReads(WireReader in) {
    Address address = in.address();
    int kinds = in.count();
    int rawKinds = in.count();
    UInt256 balance = null;
    long nonce = 0;
    Hash codeHash = null;
    if (in.flag()) {
      balance = in.word();
      nonce = in.number();
      codeHash = in.flag() ? in.hash() : Code.EMPTY_HASH;
    }
    UInt256 atLeast = in.optionalWord();
    UInt256 below = in.optionalWord();
    int flags = in.count();
    return new AccountReads(
        address,
        kinds,
        rawKinds,
        balance,
        atLeast,
        below,
        nonce,
        codeHash,
        (flags & 1) != 0,
        (flags & 2) != 0,
        (flags & 4) != 0,
        in.words(),
        in.words());
  }

  private static void writeWrites(WireWriter out, AccountWrites writes) {
    out.address(writes.address());
    out.number(
        (writes.nonceWritten() ? NONCE_WRITTEN : 0)
            | (writes.code() != null ? CODE_WRITTEN : 0)
            | (writes.created() ? CREATED : 0)
            | (writes.destroyed() ? DESTROYED : 0)
            | (writes.touched() ? TOUCHED : 0));
    out.word(writes.balanceIncrease()).word(writes.balanceDecrease());
    if (writes.nonceWritten()) {
      out.number(writes.nonce());
    }
    if (writes.code() != null) {
      out.hash(writes.code().hash()).bytes(writes.code().bytes());
    }
    out.words(writes.slots()).words(writes.values());
  }

  private static AccountWrites readWrites(WireReader in) {
    Address address = in.address();
    int flags = in.count();
    UInt256 increase = in.word();
    UInt256 decrease = in.word();
    boolean nonceWritten = (flags & NONCE_WRITTEN) != 0;
    return new AccountWrites(
        address,
        increase,
        decrease,
        nonceWritten,
        nonceWritten ? in.number() : 0,
        (flags & CODE_WRITTEN) != 0 ? Code.of(in.hash(), in.bytes()) : null,
        (flags & CREATED) != 0,
        (flags & DESTROYED) != 0,
        (flags & TOUCHED) != 0,
        in.words(),
        in.words());
  }
}
