package io.rekindle.merge;

/** A unit gave something else when it was executed again: an executor is not to be trusted. */
public final class AuditException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  AuditException(String message) {
    super(message);
  }
}
