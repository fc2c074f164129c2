package io.rekindle.evm.state;

import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.UInt256;

/**
 * What a unit changes of one account. To be applied in this order: {@code destroyed} deletes the
 * account and its storage and ends; otherwise {@code created} clears all storage, then balance,
 * nonce, code and slots are written, and last, where {@code touched} is set, the account is deleted
 * if it is empty (from Spurious Dragon on) or created if it is missing (before).
 *
 * @param balanceIncrease added to the balance
 * @param balanceDecrease subtracted from the balance; one of the two is zero
 * @param nonce the new nonce, where {@code nonceWritten}
 * @param code the new code, or null where it is not written; {@link Code#EMPTY} clears it
 * @param created a contract was created here in this unit: its storage starts empty
 * @param destroyed the account is gone after this unit
 * @param touched the account was touched (EIP-161)
 * @param slots the slots written, with a new value that differs from the one at the unit's start
 * @param values the new value of each, at the same index
 */
public record AccountWrites(
    Address address,
    UInt256 balanceIncrease,
    UInt256 balanceDecrease,
    boolean nonceWritten,
    long nonce,
    Code code,
    boolean created,
    boolean destroyed,
    boolean touched,
    UInt256[] slots,
    UInt256[] values) {}
