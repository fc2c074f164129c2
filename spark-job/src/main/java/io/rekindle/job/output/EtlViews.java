package io.rekindle.job.output;

import java.util.Map;

/**
 * The tables under the names that ethereum-etl gives them, which public data sets follow. Over
 * views that have the tables' own names.
 */
final class EtlViews {
  private static final String BLOCKS =
      """
      SELECT block_number AS number, block_hash AS hash, parent_hash, transactions_root, state_root,
        receipts_root, author AS miner, logs_bloom, difficulty, total_difficulty, size, extra_data,
        gas_limit, gas_used, block_timestamp AS timestamp, transaction_count, base_fee_per_gas,
        withdrawals_root, withdrawals, blob_gas_used, excess_blob_gas, block_range
      FROM blocks
      """;

  private static final String TRANSACTIONS =
      """
      SELECT transaction_hash AS hash, nonce, transaction_index, from_address, to_address, value,
        gas_limit AS gas, gas_price, input, block_timestamp, block_number, block_hash,
        max_fee_per_gas, max_priority_fee_per_gas, transaction_type,
        cumulative_gas_used AS receipt_cumulative_gas_used, gas_used AS receipt_gas_used,
        contract_address AS receipt_contract_address, root AS receipt_root,
        CAST(IF(root IS NULL, success, NULL) AS BIGINT) AS receipt_status,
        effective_gas_price AS receipt_effective_gas_price, max_fee_per_blob_gas,
        blob_versioned_hashes, block_range
      FROM transactions
      """;

  private static final String LOGS =
      """
      SELECT l.log_index, l.transaction_hash, l.transaction_index, l.address, l.data,
        filter(array(l.topic0, l.topic1, l.topic2, l.topic3), topic -> topic IS NOT NULL) AS topics,
        l.block_timestamp, l.block_number, b.block_hash, l.block_range
      FROM logs l LEFT JOIN blocks b ON l.block_number = b.block_number
        AND l.block_range = b.block_range
      """;

  private static final String TRACES =
      """
      SELECT t.transaction_hash, t.transaction_index, t.from_address, t.to_address, t.value, t.input,
        t.output, t.trace_type, t.call_type, CAST(NULL AS STRING) AS reward_type, t.gas, t.gas_used,
        t.subtraces, t.trace_address, t.error, t.status, t.block_timestamp, t.block_number,
        b.block_hash,
        concat_ws('_', t.trace_type, t.transaction_hash, replace(t.trace_address, ',', '_'))
          AS trace_id,
        t.block_range
      FROM traces t LEFT JOIN blocks b ON t.block_number = b.block_number
        AND t.block_range = b.block_range
      """;

  /** By the name of the view. */
  static final Map<String, String> SELECTS =
      Map.of(
          "etl_blocks",
          BLOCKS,
          "etl_transactions",
          TRANSACTIONS,
          "etl_logs",
          LOGS,
          "etl_traces",
          TRACES);

  private EtlViews() {}
}
