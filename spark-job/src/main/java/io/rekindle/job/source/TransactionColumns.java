package io.rekindle.job.source;

import io.rekindle.evm.chain.AccessListEntry;
import io.rekindle.evm.chain.Authorization;
import io.rekindle.evm.chain.Receipt;
import io.rekindle.evm.chain.Senders;
import io.rekindle.evm.chain.Transaction;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import io.rekindle.job.source.SourceTable.Column;
import io.rekindle.job.table.Table;
import java.util.List;
import java.util.function.Function;

/** Columns of {@code transactions}. The sender is recovered only where it is asked for. */
final class TransactionColumns {
  static final List<Column> ALL =
      List.of(
          column("block_number", row -> row.header().number()),
          column("block_timestamp", row -> Internal.timestamp(row.header().timestamp())),
          column("transaction_index", SourceRow::transactionIndex),
          column("transaction_type", row -> row.transaction().type()),
          column("transaction_hash", SourceRow::transactionHash),
          column("block_hash", SourceRow::blockHash),
          column("from_address", row -> Internal.text(Senders.recover(row.transaction()))),
          column("to_address", row -> Internal.text(row.transaction().to())),
          column("input", row -> Internal.hex(row.transaction().input())),
          column("root", of(receipt -> Internal.text(receipt.stateRoot()))),
          column("nonce", row -> row.transaction().nonce()),
          column("gas_limit", row -> row.transaction().gasLimit()),
          column("gas_used", SourceRow::gasUsed),
          column("cumulative_gas_used", of(Receipt::cumulativeGasUsed)),
          column("gas_price", row -> Internal.number(gasPrice(row))),
          column("effective_gas_price", row -> Internal.number(effectivePrice(row))),
          column("max_fee_per_gas", row -> Internal.number(row.transaction().maxFeePerGas())),
          column(
              "max_priority_fee_per_gas",
              row -> Internal.number(row.transaction().maxPriorityFeePerGas())),
          column(
              "max_fee_per_blob_gas", row -> Internal.number(row.transaction().maxFeePerBlobGas())),
          column("value", row -> Internal.decimal(row.transaction().value())),
          column("value_binary", row -> Internal.tooLarge(row.transaction().value())),
          column("success", of(ReceiptColumns::success)),
          column("n_input_bytes", row -> row.transaction().input().length),
          column("blob_versioned_hashes", row -> blobHashes(row.transaction())),
          column("access_list", row -> accessList(row.transaction())),
          column("authorization_list", row -> authorizations(row.transaction())));

  private TransactionColumns() {}

  private static Column column(String name, Function<SourceRow, Object> value) {
    return Column.of(Table.TRANSACTIONS, name, value);
  }

  /** A value of the transaction's receipt; null where the archive has none. */
  static Function<SourceRow, Object> of(Function<Receipt, Object> value) {
    return row -> row.receipt() == null ? null : value.apply(row.receipt());
  }

  private static UInt256 gasPrice(SourceRow row) {
    UInt256 price = row.transaction().gasPrice();
    return price == null ? effectivePrice(row) : price;
  }

  /** What the sender pays a gas (EIP-1559). */
  private static UInt256 effectivePrice(SourceRow row) {
    Transaction transaction = row.transaction();
    if (transaction.gasPrice() != null) {
      return transaction.gasPrice();
    }
    UInt256 baseFee = row.header().baseFee();
    if (baseFee == null || transaction.maxFeePerGas().compareTo(baseFee) < 0) {
      return null;
    }
    UInt256 room = transaction.maxFeePerGas().subtract(baseFee);
    UInt256 tip = transaction.maxPriorityFeePerGas();
    return baseFee.add(tip.compareTo(room) < 0 ? tip : room);
  }

  private static Object blobHashes(Transaction transaction) {
    List<Hash> hashes = transaction.type() == 3 ? transaction.blobHashes() : null;
    return Internal.array(hashes, Internal::text);
  }

  private static Object accessList(Transaction transaction) {
    List<AccessListEntry> list = transaction.type() == 0 ? null : transaction.accessList();
    return Internal.array(
        list,
        entry ->
            Internal.struct(
                Internal.text(entry.address()), Internal.array(entry.slots(), Internal::word)));
  }

  private static Object authorizations(Transaction transaction) {
    List<Authorization> list = transaction.type() == 4 ? transaction.authorizations() : null;
    return Internal.array(
        list,
        one ->
            Internal.struct(
                Internal.text(one.chainId().toHex()),
                Internal.text(one.delegate()),
                one.nonce(),
                Internal.text(one.yParity().toHex()),
                Internal.word(one.r()),
                Internal.word(one.s())));
  }
}
