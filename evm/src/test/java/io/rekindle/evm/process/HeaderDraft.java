package io.rekindle.evm.process;

import io.rekindle.evm.chain.Header;
import io.rekindle.evm.fork.Fork;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;

/** A header in the making, at first a valid child of its parent. */
final class HeaderDraft {
  Hash parentHash = Hash.ZERO;
  Hash ommersHash = Difficulty.NO_OMMERS;
  Address coinbase = Address.ZERO;
  Hash stateRoot = Hash.ZERO;
  Hash transactionsRoot = Hash.ZERO;
  Hash receiptsRoot = Hash.ZERO;
  byte[] logsBloom = new byte[256];
  UInt256 difficulty = UInt256.ZERO;
  long number;
  long gasLimit = 30_000_000;
  long gasUsed = 15_000_000;
  long timestamp = 1_000;
  byte[] extraData = {};
  long nonce;
  UInt256 baseFee;
  Hash withdrawalsRoot;
  Long blobGasUsed;
  Long excessBlobGas;
  Hash beaconRoot;
  Hash requestsHash;

  /** A header with the fields of a fork, at the head of a chain. */
  static HeaderDraft of(Fork fork) {
    HeaderDraft draft = new HeaderDraft();
    draft.number = 1_000;
    draft.difficulty = UInt256.of(fork.proofOfStake() ? 0 : 1_000_000_000);
    if (fork.baseFee()) {
      draft.baseFee = UInt256.of(1_000_000_000);
    }
    if (fork.withdrawals()) {
      draft.withdrawalsRoot = Hash.ZERO;
    }
    if (fork.blobSchedule() != null) {
      draft.blobGasUsed = 0L;
      draft.excessBlobGas = 0L;
      draft.beaconRoot = Hash.ZERO;
    }
    if (fork.requests()) {
      draft.requestsHash = Hash.ZERO;
    }
    return draft;
  }

  /** A valid child by the rules of its fork, twelve seconds later. */
  static HeaderDraft after(Header parent, Fork fork) {
    HeaderDraft draft = of(fork);
    draft.parentHash = parent.hash();
    draft.number = parent.number() + 1;
    draft.timestamp = parent.timestamp() + 12;
    draft.difficulty = Difficulty.of(draft.build(), parent, fork);
    if (fork.baseFee()) {
      draft.baseFee = BaseFee.after(parent);
      draft.gasLimit = BaseFee.comparableGasLimit(parent, fork);
    }
    if (fork.blobSchedule() != null) {
      draft.excessBlobGas = BlobFee.excessAfter(parent, fork);
    }
    return draft;
  }

  Header build() {
    return new Header(
        parentHash,
        ommersHash,
        coinbase,
        stateRoot,
        transactionsRoot,
        receiptsRoot,
        logsBloom,
        difficulty,
        number,
        gasLimit,
        gasUsed,
        timestamp,
        extraData,
        Hash.ZERO,
        nonce,
        baseFee,
        withdrawalsRoot,
        blobGasUsed,
        excessBlobGas,
        beaconRoot,
        requestsHash,
        null,
        null);
  }
}
