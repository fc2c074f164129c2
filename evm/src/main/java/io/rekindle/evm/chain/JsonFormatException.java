package io.rekindle.evm.chain;

/** JSON that does not say what was expected; the message starts with the path of the field. */
public final class JsonFormatException extends RuntimeException {
  private final String field;

  JsonFormatException(String field, String detail) {
    super(field + ": " + detail);
    this.field = field;
  }

  /** The path of the field, such as {@code transactions[3].to}. */
  public String field() {
    return field;
  }
}
