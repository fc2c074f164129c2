package io.rekindle.merge.wire;

/** Bytes that are not a partition's result of this version. */
public final class WireFormatException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  WireFormatException(String message) {
    super(message);
  }
}
