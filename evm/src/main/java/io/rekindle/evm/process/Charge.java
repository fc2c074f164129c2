package io.rekindle.evm.process;

import io.rekindle.evm.chain.Transaction;
import io.rekindle.evm.engine.BlockContext;
import io.rekindle.evm.word.UInt256;
import java.math.BigInteger;

/**
 * What a transaction pays and must be able to pay, in wei (EIP-1559, EIP-4844).
 *
 * @param gasPrice the effective price of gas
 * @param tip the part of it that goes to the fee recipient
 * @param upfront what is taken from the sender before execution: gas limit at the effective price,
 *     and the blob fee
 * @param required what the sender must hold: gas limit and blobs at their highest price, and the
 *     value; null where it does not fit 256 bits
 */
record Charge(UInt256 gasPrice, UInt256 tip, UInt256 upfront, UInt256 required) {
  /** GAS_PER_BLOB of EIP-4844. */
  static final long GAS_PER_BLOB = 1 << 17;

  /** Of a transaction whose highest fee is not below the base fee. */
  static Charge of(Transaction transaction, BlockContext block) {
    UInt256 price = gasPrice(transaction, block.baseFee());
    UInt256 gasLimit = UInt256.of(transaction.gasLimit());
    UInt256 blobGas = UInt256.of(GAS_PER_BLOB * transaction.blobHashes().size());
    UInt256 upfront = gasLimit.multiply(price).add(blobGas.multiply(block.blobBaseFee()));
    return new Charge(
        price, price.subtract(block.baseFee()), upfront, required(transaction, gasLimit, blobGas));
  }

  /** The highest price of gas that a transaction pays. */
  static UInt256 maxFee(Transaction transaction) {
    return transaction.type() < 2 ? transaction.gasPrice() : transaction.maxFeePerGas();
  }

  private static UInt256 gasPrice(Transaction transaction, UInt256 baseFee) {
    if (transaction.type() < 2) {
      return transaction.gasPrice();
    }
    UInt256 room = transaction.maxFeePerGas().subtract(baseFee);
    UInt256 priority = transaction.maxPriorityFeePerGas();
    return baseFee.add(priority.compareTo(room) < 0 ? priority : room);
  }

  private static UInt256 required(Transaction transaction, UInt256 gasLimit, UInt256 blobGas) {
    BigInteger sum =
        gasLimit
            .toBigInteger()
            .multiply(maxFee(transaction).toBigInteger())
            .add(transaction.value().toBigInteger());
    if (!blobGas.isZero()) {
      BigInteger blobFee = transaction.maxFeePerBlobGas().toBigInteger();
      sum = sum.add(blobGas.toBigInteger().multiply(blobFee));
    }
    return sum.bitLength() > 256 ? null : UInt256.of(sum);
  }
}
