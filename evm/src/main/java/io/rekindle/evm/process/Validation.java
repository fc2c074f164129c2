package io.rekindle.evm.process;

import io.rekindle.evm.chain.Transaction;
import io.rekindle.evm.crypto.Secp256k1Signatures;
import io.rekindle.evm.engine.BlockContext;
import io.rekindle.evm.fork.Fork;
import io.rekindle.evm.process.UnitResult.Invalid;
import io.rekindle.evm.state.Code;
import io.rekindle.evm.state.Journal;
import io.rekindle.evm.state.JournalAccount;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;

/**
 * The first phase of a transaction: whether it may be part of the block at all. {@link #ofForm}
 * looks at the transaction and the block alone, {@link #ofSender} at the sender's account.
 */
final class Validation {
  private static final int BLOB_TYPE = 3;
  private static final int SET_CODE_TYPE = 4;

  /** VERSIONED_HASH_VERSION_KZG of EIP-4844. */
  private static final long BLOB_HASH_VERSION = 1;

  private static final long MAX_NONCE = -1L;

  private Validation() {}

  /** What is wrong with the transaction whatever the state, or null. */
  static Invalid ofForm(Unit.TransactionUnit unit, IntrinsicGas intrinsic) {
    Transaction transaction = unit.transaction();
    BlockContext block = unit.block().context();
    Invalid invalid = ofEnvelope(unit, block);
    if (invalid == null) {
      invalid = ofFees(transaction, block);
    }
    if (invalid == null) {
      invalid = ofGas(transaction, block, intrinsic);
    }
    if (invalid == null && transaction.type() == BLOB_TYPE) {
      invalid = ofBlobs(transaction, block);
    }
    if (invalid == null && transaction.type() == SET_CODE_TYPE) {
      invalid = ofAuthorizations(transaction);
    }
    return invalid;
  }

  private static Invalid ofEnvelope(Unit.TransactionUnit unit, BlockContext block) {
    Transaction transaction = unit.transaction();
    Fork fork = block.fork();
    if (transaction.type() > fork.maxTransactionType()) {
      return new Invalid(
          InvalidReason.TYPE_NOT_SUPPORTED, "type " + transaction.type() + " in " + fork.name());
    }
    UInt256 chainId = transaction.chainId();
    if (chainId != null && (transaction.type() > 0 || fork.replayProtection())) {
      if (!chainId.equals(block.chainId())) {
        return new Invalid(
            InvalidReason.WRONG_CHAIN_ID, "chain " + chainId + ", not " + block.chainId());
      }
    } else if (chainId != null) {
      return new Invalid(InvalidReason.INVALID_SIGNATURE, "a chain id (EIP-155) in " + fork.name());
    }
    if (fork.lowSRequired() && !Secp256k1Signatures.isLowS(transaction.s())) {
      return new Invalid(InvalidReason.INVALID_SIGNATURE, "a high s (EIP-2) in " + fork.name());
    }
    if (unit.sender() == null) {
      return new Invalid(InvalidReason.INVALID_SIGNATURE, "no sender can be recovered");
    }
    if (transaction.nonce() == MAX_NONCE) {
      return new Invalid(InvalidReason.NONCE_OVERFLOW, "nonce 2^64 - 1");
    }
    return null;
  }

  private static Invalid ofGas(
      Transaction transaction, BlockContext block, IntrinsicGas intrinsic) {
    Fork fork = block.fork();
    long limit = transaction.gasLimit();
    if (transaction.isCreate() && transaction.input().length > fork.maxInitcodeSize()) {
      return new Invalid(
          InvalidReason.INITCODE_TOO_LARGE,
          transaction.input().length + " bytes, at most " + fork.maxInitcodeSize());
    }
    if (Long.compareUnsigned(limit, intrinsic.gas()) < 0) {
      return gas(InvalidReason.INTRINSIC_GAS_TOO_LOW, limit, "needed " + intrinsic.gas());
    }
    if (Long.compareUnsigned(limit, intrinsic.floor()) < 0) {
      return gas(InvalidReason.FLOOR_GAS_TOO_LOW, limit, "floor " + intrinsic.floor());
    }
    if (Long.compareUnsigned(limit, fork.maxTransactionGas()) > 0) {
      return gas(InvalidReason.GAS_LIMIT_TOO_HIGH, limit, "at most " + fork.maxTransactionGas());
    }
    if (Long.compareUnsigned(limit, block.gasLimit()) > 0) {
      return gas(InvalidReason.GAS_LIMIT_ABOVE_BLOCK, limit, "block has " + block.gasLimit());
    }
    return null;
  }

  private static Invalid gas(InvalidReason reason, long limit, String bound) {
    return new Invalid(reason, "gas limit " + Long.toUnsignedString(limit) + ", " + bound);
  }

  private static Invalid ofFees(Transaction transaction, BlockContext block) {
    UInt256 maxFee = Charge.maxFee(transaction);
    if (transaction.type() >= 2 && maxFee.compareTo(transaction.maxPriorityFeePerGas()) < 0) {
      return new Invalid(
          InvalidReason.PRIORITY_FEE_ABOVE_MAX_FEE,
          "priority fee " + transaction.maxPriorityFeePerGas() + ", max fee " + maxFee);
    }
    if (maxFee.compareTo(block.baseFee()) < 0) {
      return new Invalid(
          InvalidReason.FEE_BELOW_BASE_FEE, "fee " + maxFee + ", base fee " + block.baseFee());
    }
    return null;
  }

  private static Invalid ofBlobs(Transaction transaction, BlockContext block) {
    int count = transaction.blobHashes().size();
    if (transaction.isCreate()) {
      return new Invalid(InvalidReason.BLOB_CREATE, "a blob transaction creates a contract");
    }
    if (count == 0) {
      return new Invalid(InvalidReason.BLOB_WITHOUT_HASHES, "a blob transaction without blobs");
    }
    if (count > block.fork().blobSchedule().max()) {
      return new Invalid(
          InvalidReason.BLOB_COUNT_ABOVE_BLOCK,
          count + " blobs, a block has at most " + block.fork().blobSchedule().max());
    }
    if (count > block.fork().maxBlobsPerTransaction()) {
      return new Invalid(
          InvalidReason.BLOB_COUNT_EXCEEDED,
          count + " blobs, at most " + block.fork().maxBlobsPerTransaction());
    }
    for (Hash hash : transaction.blobHashes()) {
      if (hash.limb3() >>> 56 != BLOB_HASH_VERSION) {
        return new Invalid(InvalidReason.BLOB_VERSION_INVALID, "versioned hash " + hash);
      }
    }
    if (transaction.maxFeePerBlobGas().compareTo(block.blobBaseFee()) < 0) {
      return new Invalid(
          InvalidReason.BLOB_FEE_BELOW_BASE_FEE,
          "blob fee " + transaction.maxFeePerBlobGas() + ", base fee " + block.blobBaseFee());
    }
    return null;
  }

  private static Invalid ofAuthorizations(Transaction transaction) {
    if (transaction.isCreate()) {
      return new Invalid(InvalidReason.AUTHORIZATION_CREATE, "a set-code transaction creates");
    }
    if (transaction.authorizations().isEmpty()) {
      return new Invalid(InvalidReason.AUTHORIZATIONS_EMPTY, "no authorization");
    }
    return null;
  }

  /** What is wrong with the sender's account, or null. */
  static Invalid ofSender(
      Journal journal,
      JournalAccount sender,
      Transaction transaction,
      Charge charge,
      UnitExecutor.Mode mode) {
    if (mode == UnitExecutor.Mode.SPECULATIVE) {
      journal.assumeNonce(sender, transaction.nonce());
    }
    long nonce = journal.nonce(sender);
    int order = Long.compareUnsigned(transaction.nonce(), nonce);
    if (order != 0) {
      return new Invalid(
          order < 0 ? InvalidReason.NONCE_TOO_LOW : InvalidReason.NONCE_TOO_HIGH,
          "nonce "
              + Long.toUnsignedString(transaction.nonce())
              + ", the account's is "
              + Long.toUnsignedString(nonce));
    }
    if (charge.required() == null) {
      return new Invalid(InvalidReason.GAS_FEE_OVERFLOW, "over 2^256 - 1 wei needed");
    }
    if (mode == UnitExecutor.Mode.SPECULATIVE) {
      journal.assumeFunds(sender, charge.required());
    }
    if (!journal.hasFunds(sender, charge.required())) {
      return new Invalid(
          InvalidReason.INSUFFICIENT_FUNDS, sender + " lacks " + charge.required() + " wei");
    }
    return ofSenderCode(journal, sender);
  }

  private static Invalid ofSenderCode(Journal journal, JournalAccount sender) {
    if (journal.codeHash(sender).equals(Code.EMPTY_HASH)) {
      return null;
    }
    return journal.code(sender).isDelegation()
        ? null
        : new Invalid(InvalidReason.SENDER_HAS_CODE, sender + " has code");
  }
}
