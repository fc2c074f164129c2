package io.rekindle.evm.precompile;

/** A contract that the protocol provides. Pure: the answer depends on the input alone. */
public interface Precompile {
  /** Gas for this input, {@link Long#MAX_VALUE} where it is out of reach. */
  long gas(byte[] input);

  /** The output, or null where the input is refused (the call then fails and takes all its gas). */
  byte[] run(byte[] input);
}
