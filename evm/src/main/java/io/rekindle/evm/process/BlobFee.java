package io.rekindle.evm.process;

import io.rekindle.evm.chain.Header;
import io.rekindle.evm.fork.BlobSchedule;
import io.rekindle.evm.fork.Fork;
import io.rekindle.evm.word.UInt256;
import java.math.BigInteger;

/** The price of blob gas and how it moves from block to block (EIP-4844, EIP-7691, EIP-7918). */
public final class BlobFee {
  /** BLOB_BASE_COST of EIP-7918: gas of execution that a blob is at least worth. */
  private static final long RESERVE_GAS = 1 << 13;

  private static final BigInteger MAX_VALUE =
      BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE);

  private BlobFee() {}

  /** Wei a blob gas in a block with this excess; at most 2^256 - 1. */
  public static UInt256 of(long excessBlobGas, BlobSchedule schedule) {
    BigInteger fee =
        fakeExponential(
            new BigInteger(Long.toUnsignedString(excessBlobGas)),
            BigInteger.valueOf(schedule.updateFraction()));
    return UInt256.of(fee.min(MAX_VALUE));
  }

  /** e to the power of numerator / denominator, rounded down, by its Taylor series as EIP-4844. */
  private static BigInteger fakeExponential(BigInteger numerator, BigInteger denominator) {
    BigInteger sum = BigInteger.ZERO;
    BigInteger term = denominator;
    for (long i = 1; term.signum() > 0; i++) {
      sum = sum.add(term);
      term = term.multiply(numerator).divide(denominator.multiply(BigInteger.valueOf(i)));
    }
    return sum.divide(denominator);
  }

  /** The excess blob gas of a block of the given fork; a parent without blobs counts as zero. */
  public static long excessAfter(Header parent, Fork fork) {
    long excess = parent.excessBlobGas() == null ? 0 : parent.excessBlobGas();
    long used = parent.blobGasUsed() == null ? 0 : parent.blobGasUsed();
    BlobSchedule schedule = fork.blobSchedule();
    long target = schedule.target() * Charge.GAS_PER_BLOB;
    if (Long.compareUnsigned(excess + used, target) < 0) {
      return 0;
    }
    if (fork.blobFeeReserve() && isBelowReserve(parent, excess, schedule)) {
      return excess + used * (schedule.max() - schedule.target()) / schedule.max();
    }
    return excess + used - target;
  }

  private static boolean isBelowReserve(Header parent, long excess, BlobSchedule schedule) {
    UInt256 reserve = parent.baseFee().multiply(RESERVE_GAS);
    return reserve.compareTo(of(excess, schedule).multiply(Charge.GAS_PER_BLOB)) > 0;
  }
}
