package io.rekindle.evm.process;

import io.rekindle.evm.chain.Header;
import io.rekindle.evm.fork.Fork;
import io.rekindle.evm.word.UInt256;
import java.math.BigInteger;

/** The base fee that a block must have after its parent (EIP-1559). */
public final class BaseFee {
  private static final UInt256 INITIAL = UInt256.of(1_000_000_000L);
  private static final long ELASTICITY = 2;
  private static final BigInteger MAX_CHANGE_DENOMINATOR = BigInteger.valueOf(8);

  private BaseFee() {}

  /** The base fee of the child, in wei a gas. */
  public static UInt256 after(Header parent) {
    if (parent.baseFee() == null) {
      return INITIAL;
    }
    long target = parent.gasLimit() / ELASTICITY;
    long difference = parent.gasUsed() - target;
    if (difference == 0) {
      return parent.baseFee();
    }
    BigInteger fee = parent.baseFee().toBigInteger();
    BigInteger change =
        fee.multiply(BigInteger.valueOf(Math.abs(difference)))
            .divide(BigInteger.valueOf(target))
            .divide(MAX_CHANGE_DENOMINATOR);
    return UInt256.of(difference > 0 ? fee.add(change.max(BigInteger.ONE)) : fee.subtract(change));
  }

  /** The gas limit that a block's is held against: London's first block doubles it. */
  static long comparableGasLimit(Header parent, Fork fork) {
    boolean doubled = fork.baseFee() && parent.baseFee() == null;
    return doubled ? ELASTICITY * parent.gasLimit() : parent.gasLimit();
  }
}
