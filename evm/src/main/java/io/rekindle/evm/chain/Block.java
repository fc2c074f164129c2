package io.rekindle.evm.chain;

import java.util.List;

/**
 * A block.
 *
 * @param withdrawals null before Shanghai
 */
public record Block(
    Header header,
    List<Transaction> transactions,
    List<Header> ommers,
    List<Withdrawal> withdrawals) {}
