package io.rekindle.evm.rlp;

/** Bytes that are not the canonical encoding of what was expected. */
public final class RlpException extends RuntimeException {
  /** What is wrong. */
  public enum Problem {
    /** The input or the enclosing list ends within an item. */
    TRUNCATED,
    /** An item is left where the list or the input should end. */
    TRAILING,
    /** A longer form than needed, or a leading zero. */
    NOT_CANONICAL,
    /** A list where a string should stand. */
    UNEXPECTED_LIST,
    /** A string where a list should stand. */
    UNEXPECTED_STRING,
    /** A string of another length than the field has, such as an address of 19 bytes. */
    WRONG_SIZE,
    /** An integer that does not fit its field. */
    OVERFLOW,
    /** A transaction or receipt of a type that is not known. */
    UNKNOWN_TYPE
  }

  private final Problem problem;
  private final String field;
  private final int offset;
  private final String detail;

  /**
   * @param field the name of what was read
   * @param offset of the item in the input, in bytes
   */
  public RlpException(Problem problem, String field, int offset, String detail) {
    super(field + ": " + detail + " (byte " + offset + ")");
    this.problem = problem;
    this.field = field;
    this.offset = offset;
    this.detail = detail;
  }

  public Problem problem() {
    return problem;
  }

  /** The path of the field, such as {@code transactions[3].to}. */
  public String field() {
    return field;
  }

  /** Bytes from the start of the input. */
  public int offset() {
    return offset;
  }

  /** The same with the field's path led by where it stands, such as {@code transactions[3]}. */
  public RlpException within(String parent) {
    RlpException located = new RlpException(problem, parent + "." + field, offset, detail);
    located.initCause(this);
    return located;
  }
}
