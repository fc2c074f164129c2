package io.rekindle.job.table;

import static io.rekindle.job.table.RowOutput.text;

import io.rekindle.evm.engine.CallFrame;
import io.rekindle.evm.engine.Halt;
import io.rekindle.job.table.RowOutput.Wei;
import java.util.List;
import java.util.stream.Collectors;

/** The rows of {@code traces} of one block: a row a frame, in the order of their start. */
final class TraceRows {
  private final RowOutput rows;
  private final Encoding hex;

  TraceRows(RowOutput rows) {
    this.rows = rows;
    this.hex = rows.encoding();
  }

  /**
   * Adds the frames of a transaction.
   *
   * @param place of the transaction in the block
   * @param hash of the transaction, as a cell
   */
  void add(int place, Object hash, List<CallFrame> frames) {
    // The shallowest depth at which what follows is within a frame that failed.
    int failedDepth = Integer.MAX_VALUE;
    for (CallFrame frame : frames) {
      int depth = frame.traceAddress().size();
      if (depth <= failedDepth) {
        failedDepth = frame.halt() == Halt.NONE ? Integer.MAX_VALUE : depth;
      }
      add(place, hash, frame, failedDepth == Integer.MAX_VALUE ? 1L : 0L);
    }
  }

  private void add(int place, Object hash, CallFrame frame, long status) {
    boolean destroys = frame.kind() == CallFrame.Kind.SELFDESTRUCT;
    boolean created = frame.isCreation() && frame.halt() == Halt.NONE;
    rows.add(
        Table.TRACES,
        place,
        hash,
        hex.address(frame.from()),
        frame.isCreation() && !created ? null : hex.address(frame.to()),
        new Wei(frame.value()),
        destroys ? null : hex.bytes(frame.input()),
        destroys ? null : hex.bytes(frame.output()),
        text(type(frame.kind())),
        text(callType(frame.kind())),
        destroys ? null : frame.gas(),
        destroys ? null : frame.gasUsed(),
        (long) frame.subtraces(),
        text(address(frame)),
        text(error(frame.halt())),
        status);
  }

  /** The places joined by commas; null for the transaction's own frame. */
  private static String address(CallFrame frame) {
    return frame.traceAddress().isEmpty()
        ? null
        : frame.traceAddress().stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  private static String type(CallFrame.Kind kind) {
    return switch (kind) {
      case CREATE, CREATE2 -> "create";
      case SELFDESTRUCT -> "suicide";
      default -> "call";
    };
  }

  private static String callType(CallFrame.Kind kind) {
    return switch (kind) {
      case CALL -> "call";
      case CALLCODE -> "callcode";
      case DELEGATECALL -> "delegatecall";
      case STATICCALL -> "staticcall";
      default -> null;
    };
  }

  /** In geth's words, without the numbers that it adds to some; null for success. */
  private static String error(Halt halt) {
    return switch (halt) {
      case NONE -> null;
      case REVERT -> "execution reverted";
      case OUT_OF_GAS -> "out of gas";
      case STACK_UNDERFLOW -> "stack underflow";
      case STACK_OVERFLOW -> "stack limit reached";
      case INVALID_OPCODE -> "invalid opcode";
      case INVALID_JUMP -> "invalid jump destination";
      case STATIC_VIOLATION -> "write protection";
      case RETURN_DATA_OUT_OF_BOUNDS -> "return data out of bounds";
      case CREATE_COLLISION -> "contract address collision";
      case CODE_TOO_LARGE -> "max code size exceeded";
      case CODE_STARTS_WITH_EF -> "invalid code: must not begin with 0xef";
      case INITCODE_TOO_LARGE -> "max initcode size exceeded";
      case PRECOMPILE_FAILURE -> "precompile failed";
      case CALL_DEPTH -> "max call depth exceeded";
      case INSUFFICIENT_FUNDS -> "insufficient balance for transfer";
      case NONCE_OVERFLOW -> "nonce uint64 overflow";
    };
  }
}
