package io.rekindle.evm.state;

/**
 * A partial state (a witness, a slice) was asked for something it does not hold. A unit that meets
 * it in speculation is stale; on merged state it is an error of the input.
 */
public final class MissingStateException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param what the account, slot or code hash that is missing, for the user
   */
  public MissingStateException(String what) {
    super(what, null, false, false);
  }
}
