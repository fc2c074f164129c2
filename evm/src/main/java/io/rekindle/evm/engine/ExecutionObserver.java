package io.rekindle.evm.engine;

import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;

/**
 * Watches an execution without changing it: for traces and for learning access templates. Chosen
 * before the loop starts; where there is none, it costs nothing. Arrays are only valid during the
 * call and must not be changed.
 */
public interface ExecutionObserver {
  /** What a frame is. */
  enum FrameKind {
    CALL,
    CALLCODE,
    DELEGATECALL,
    STATICCALL,
    CREATE,
    CREATE2
  }

  /**
   * A frame starts, the top-level message included.
   *
   * @param codeHash of the code that runs; null for a precompile and for an account without code
   * @param depth 0 for the top-level message
   */
  void enter(
      FrameKind kind,
      int depth,
      Address caller,
      Address recipient,
      Address codeAddress,
      Hash codeHash,
      UInt256 value,
      byte[] input,
      long gas);

  /** The frame that started last and has not ended, ends. */
  void exit(Halt halt, long gasUsed, byte[] output);

  /** KECCAK256 was computed of {@code length} bytes. */
  void keccak(byte[] memory, int offset, int length, Hash hash);

  /** SELFDESTRUCT moved the balance. */
  void selfDestruct(Address account, Address beneficiary, UInt256 balance);
}
