package io.rekindle.evm.engine;

import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Collects the frames of a transaction in the order in which they start, each before those that it
 * calls. A call that is refused before it starts, for its depth or for lack of funds, has none.
 */
public final class CallTracer implements ExecutionObserver {
  private static final byte[] NO_BYTES = {};

  private final ExecutionObserver next;
  private final List<Open> frames = new ArrayList<>();
  private final Deque<Open> running = new ArrayDeque<>();

  /**
   * @param next told of all that this one is told of, or null
   */
  public CallTracer(ExecutionObserver next) {
    this.next = next;
  }

  /** A frame that may still run; its children are known when it ends. */
  private static final class Open {
    private final CallFrame atStart;
    private CallFrame atEnd;
    private int children;

    Open(CallFrame atStart) {
      this.atStart = atStart;
    }

    void end(long gasUsed, byte[] output, Halt halt) {
      atEnd =
          new CallFrame(
              atStart.kind(),
              atStart.from(),
              atStart.to(),
              atStart.value(),
              atStart.gas(),
              gasUsed,
              atStart.input(),
              output,
              halt,
              atStart.traceAddress(),
              children);
    }
  }

  /** The frames; for a transaction that has ended. */
  public List<CallFrame> frames() {
    return frames.stream().map(frame -> frame.atEnd).toList();
  }

  @Override
  public void enter(
      FrameKind kind,
      int depth,
      Address caller,
      Address recipient,
      Address codeAddress,
      Hash codeHash,
      UInt256 value,
      byte[] input,
      long gas) {
    boolean borrows = kind == FrameKind.DELEGATECALL;
    boolean runsOther = borrows || kind == FrameKind.CALLCODE;
    Open frame =
        open(
            CallFrame.Kind.valueOf(kind.name()),
            borrows ? recipient : caller,
            runsOther ? codeAddress : recipient,
            value,
            gas,
            input.clone());
    running.push(frame);
    if (next != null) {
      next.enter(kind, depth, caller, recipient, codeAddress, codeHash, value, input, gas);
    }
  }

  private Open open(
      CallFrame.Kind kind, Address from, Address to, UInt256 value, long gas, byte[] input) {
    Open parent = running.peek();
    List<Integer> address = List.of();
    if (parent != null) {
      List<Integer> longer = new ArrayList<>(parent.atStart.traceAddress());
      longer.add(parent.children++);
      address = List.copyOf(longer);
    }
    Open frame =
        new Open(
            new CallFrame(kind, from, to, value, gas, 0, input, NO_BYTES, Halt.NONE, address, 0));
    frames.add(frame);
    return frame;
  }

  @Override
  public void exit(Halt halt, long gasUsed, byte[] output) {
    running.pop().end(gasUsed, output.clone(), halt);
    if (next != null) {
      next.exit(halt, gasUsed, output);
    }
  }

  @Override
  public void keccak(byte[] memory, int offset, int length, Hash hash) {
    if (next != null) {
      next.keccak(memory, offset, length, hash);
    }
  }

  @Override
  public void selfDestruct(Address account, Address beneficiary, UInt256 balance) {
    open(CallFrame.Kind.SELFDESTRUCT, account, beneficiary, balance, 0, NO_BYTES)
        .end(0, NO_BYTES, Halt.NONE);
    if (next != null) {
      next.selfDestruct(account, beneficiary, balance);
    }
  }
}
