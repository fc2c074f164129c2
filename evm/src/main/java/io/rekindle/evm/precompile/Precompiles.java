package io.rekindle.evm.precompile;

import io.rekindle.evm.fork.Fork;
import io.rekindle.evm.word.Address;
import java.util.List;

/** The precompiles of a fork. */
public final class Precompiles {
  private Precompiles() {}

  /** The precompiles of a fork; the same object for the same fork. */
  public static Precompiles of(Fork fork) {
    throw new UnsupportedOperationException("not written yet: " + fork);
  }

  /** The precompile at an address, or null where there is none. */
  public Precompile at(Address address) {
    return null;
  }

  /** The addresses, which start warm (EIP-2929). */
  public List<Address> addresses() {
    return List.of();
  }
}
