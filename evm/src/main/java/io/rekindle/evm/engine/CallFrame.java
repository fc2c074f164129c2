package io.rekindle.evm.engine;

import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.UInt256;
import java.util.List;

/**
 * What a transaction's call, creation or self-destruction came to, as traces tell it.
 *
 * @param from for DELEGATECALL the contract that borrows the code, and so calls
 * @param to whose code runs, what is created, or who inherits
 * @param value in wei; of a DELEGATECALL that of the frame it is in; of a self-destruction the
 *     balance
 * @param gas that the frame started with; intrinsic gas is not in it. Zero for a self-destruction
 * @param input call data, or the code that makes a contract
 * @param output what was returned, also by a revert; the deployed code of a creation
 * @param traceAddress the places from the transaction's own frame, whose address is empty, down to
 *     this one: each the number of a child, from 0
 * @param subtraces number of children
 */
public record CallFrame(
    Kind kind,
    Address from,
    Address to,
    UInt256 value,
    long gas,
    long gasUsed,
    byte[] input,
    byte[] output,
    Halt halt,
    List<Integer> traceAddress,
    int subtraces) {
  /** What made the frame. */
  public enum Kind {
    CALL,
    CALLCODE,
    DELEGATECALL,
    STATICCALL,
    CREATE,
    CREATE2,
    SELFDESTRUCT
  }

  /** Whether a contract was to be made. */
  public boolean isCreation() {
    return kind == Kind.CREATE || kind == Kind.CREATE2;
  }
}
