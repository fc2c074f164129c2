package io.rekindle.evm.precompile.pairing;

/** How the sextic twist divides b by xi or multiplies it: where a line's coefficients stand. */
public enum TwistType {
  /** b' = b / xi: a line is y-part + (x-part + rest v) w. */
  D,
  /** b' = b xi: a line is rest + x-part v + y-part v w. */
  M
}
