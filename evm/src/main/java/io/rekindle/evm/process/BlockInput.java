package io.rekindle.evm.process;

import io.rekindle.evm.chain.Header;
import io.rekindle.evm.chain.Withdrawal;
import io.rekindle.evm.engine.BlockContext;
import io.rekindle.evm.word.Hash;
import java.util.List;

/**
 * What all units of a block share.
 *
 * @param context what the EVM sees of the block
 * @param parentHash stored by EIP-2935's opening
 * @param parentBeaconBlockRoot stored by EIP-4788's opening; null before Cancun
 * @param daoFork whether this block moves the DAO's balances (EIP-779)
 * @param ommers headers that earn rewards, before Paris
 * @param withdrawals credited by the closing; empty before Shanghai
 */
public record BlockInput(
    BlockContext context,
    Hash parentHash,
    Hash parentBeaconBlockRoot,
    boolean daoFork,
    int transactionCount,
    List<Header> ommers,
    List<Withdrawal> withdrawals) {}
