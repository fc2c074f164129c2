package io.rekindle.partitioner.learn;

import io.rekindle.evm.engine.ExecutionObserver;
import io.rekindle.evm.engine.Halt;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Gathers, while one unit runs, what {@link Templates#learn} needs: the calls with their inputs,
 * and the hashes that each computed. Bounded: of a unit with very many calls or hashes the first
 * are kept. {@link #reset} makes it ready for the next unit. One thread at a time.
 */
public final class UnitObserver implements ExecutionObserver {
  private static final int MAX_CALLS = 512;
  private static final int MAX_HASHES = 2048;
  private static final int MAX_PREIMAGE = 160;
  private static final int MAX_INPUT = 4 + 32 * CallFrame.MAX_ARGUMENTS;

  /** A call with code; {@code parent} is the number of the call that made it, or -1. */
  record Call(
      int parent,
      FrameKind kind,
      Address caller,
      Address self,
      Address codeAddress,
      Hash codeHash,
      boolean paid,
      byte[] input) {}

  /** A hash that a call computed. */
  record Preimage(int call, byte[] bytes, UInt256 hash) {}

  private final List<Call> calls = new ArrayList<>();
  private final List<Preimage> preimages = new ArrayList<>();

  /** Numbers of the calls that run; -1 for those not kept. */
  private int[] stack = new int[64];

  private int depth;

  /** Forgets the last unit. */
  public void reset() {
    calls.clear();
    preimages.clear();
    depth = 0;
  }

  List<Call> calls() {
    return calls;
  }

  List<Preimage> preimages() {
    return preimages;
  }

  /** The flat form, in which what was gathered goes from an executor to the driver. */
  public byte[] toBytes() {
    return ObserverCodec.encode(calls, preimages);
  }

  /**
   * An observer that has gathered what another one had.
   *
   * @param bytes of {@link #toBytes}
   */
  public static UnitObserver ofBytes(byte[] bytes) {
    UnitObserver observer = new UnitObserver();
    ObserverCodec.decode(bytes, observer.calls, observer.preimages);
    return observer;
  }

  @Override
  public void enter(
      FrameKind kind,
      int callDepth,
      Address caller,
      Address recipient,
      Address codeAddress,
      Hash codeHash,
      UInt256 value,
      byte[] input,
      long gas) {
    if (depth == stack.length) {
      stack = Arrays.copyOf(stack, 2 * depth);
    }
    int parent = depth == 0 ? -1 : stack[depth - 1];
    boolean kept = calls.size() < MAX_CALLS && (depth == 0 || parent >= 0);
    stack[depth++] = kept ? calls.size() : -1;
    if (kept) {
      boolean paid = kind != FrameKind.DELEGATECALL && value != null && !value.isZero();
      byte[] head = Arrays.copyOf(input, Math.min(input.length, MAX_INPUT));
      calls.add(new Call(parent, kind, caller, recipient, codeAddress, codeHash, paid, head));
    }
  }

  @Override
  public void exit(Halt halt, long gasUsed, byte[] output) {
    depth--;
  }

  @Override
  public void keccak(byte[] memory, int offset, int length, Hash hash) {
    int call = depth == 0 ? -1 : stack[depth - 1];
    if (call >= 0 && length <= MAX_PREIMAGE && preimages.size() < MAX_HASHES) {
      byte[] bytes = Arrays.copyOfRange(memory, offset, offset + length);
      preimages.add(new Preimage(call, bytes, UInt256.ofHash(hash)));
    }
  }

  @Override
  public void selfDestruct(Address account, Address beneficiary, UInt256 balance) {
    // Rare, and what it touches is in the read and write sets.
  }
}
