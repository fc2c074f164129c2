package io.rekindle.job.fetch;

import java.io.IOException;

/** A node that does not answer, or answers with an error; the message is one line for the user. */
public final class RpcException extends IOException {
  private static final long serialVersionUID = 1L;

  private final int code;

  /**
   * @param code of JSON-RPC, or 0 where the answer had none
   */
  RpcException(String message, int code) {
    super(message);
    this.code = code;
  }

  RpcException(String message, Throwable cause) {
    super(message, cause);
    this.code = 0;
  }

  /** JSON-RPC's error code, or 0. */
  int code() {
    return code;
  }
}
