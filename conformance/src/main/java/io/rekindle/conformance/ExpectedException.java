package io.rekindle.conformance;

import static io.rekindle.evm.process.BlockRule.*;
import static io.rekindle.evm.process.InvalidReason.*;

import io.rekindle.evm.rlp.RlpException.Problem;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the official tests call the reasons for which a transaction or block is invalid, and which
 * of our reasons each name stands for. Where a block breaks several rules at once, the one that the
 * test names must be among them; tests also list alternatives, separated by a bar.
 */
final class ExpectedException {
  private static final Map<String, Set<Enum<?>>> REASONS = new HashMap<>();

  static {
    transaction("INSUFFICIENT_ACCOUNT_FUNDS", INSUFFICIENT_FUNDS, GAS_FEE_OVERFLOW);
    transaction("INSUFFICIENT_MAX_FEE_PER_GAS", FEE_BELOW_BASE_FEE);
    transaction("PRIORITY_GREATER_THAN_MAX_FEE_PER_GAS", PRIORITY_FEE_ABOVE_MAX_FEE);
    transaction("INTRINSIC_GAS_TOO_LOW", INTRINSIC_GAS_TOO_LOW);
    transaction("INTRINSIC_GAS_BELOW_FLOOR_GAS_COST", FLOOR_GAS_TOO_LOW);
    transaction("GAS_LIMIT_EXCEEDS_MAXIMUM", GAS_LIMIT_TOO_HIGH);
    transaction("GAS_ALLOWANCE_EXCEEDED", GAS_LIMIT_ABOVE_BLOCK, GAS_ALLOWANCE);
    transaction("INITCODE_SIZE_EXCEEDED", INITCODE_TOO_LARGE);
    transaction("NONCE_IS_MAX", NONCE_OVERFLOW);
    transaction("NONCE_MISMATCH_TOO_LOW", NONCE_TOO_LOW);
    transaction("NONCE_MISMATCH_TOO_HIGH", NONCE_TOO_HIGH);
    transaction("SENDER_NOT_EOA", SENDER_HAS_CODE);
    transaction("INVALID_CHAINID", WRONG_CHAIN_ID);
    transaction("INVALID_SIGNATURE_VRS", INVALID_SIGNATURE);
    transaction("TYPE_NOT_SUPPORTED", TYPE_NOT_SUPPORTED);
    transaction("TYPE_1_TX_PRE_FORK", TYPE_NOT_SUPPORTED);
    transaction("TYPE_2_TX_PRE_FORK", TYPE_NOT_SUPPORTED);
    transaction("TYPE_3_TX_PRE_FORK", TYPE_NOT_SUPPORTED);
    transaction("TYPE_4_TX_PRE_FORK", TYPE_NOT_SUPPORTED);
    transaction("TYPE_3_TX_ZERO_BLOBS", BLOB_WITHOUT_HASHES);
    transaction("TYPE_3_TX_INVALID_BLOB_VERSIONED_HASH", BLOB_VERSION_INVALID);
    transaction("TYPE_3_TX_BLOB_COUNT_EXCEEDED", BLOB_COUNT_EXCEEDED);
    transaction(
        "TYPE_3_TX_MAX_BLOB_GAS_ALLOWANCE_EXCEEDED",
        BLOB_COUNT_ABOVE_BLOCK,
        BLOB_GAS_ALLOWANCE,
        BLOB_GAS_USED_ABOVE_LIMIT);
    transaction("INSUFFICIENT_MAX_FEE_PER_BLOB_GAS", BLOB_FEE_BELOW_BASE_FEE);
    transaction("TYPE_3_TX_CONTRACT_CREATION", BLOB_CREATE, Problem.WRONG_SIZE);
    transaction("TYPE_3_TX_WITH_FULL_BLOBS", Problem.values());
    transaction("TYPE_4_EMPTY_AUTHORIZATION_LIST", AUTHORIZATIONS_EMPTY);
    transaction("TYPE_4_TX_CONTRACT_CREATION", AUTHORIZATION_CREATE, Problem.WRONG_SIZE);

    block("INCORRECT_BLOCK_FORMAT", with(Problem.values(), HEADER_FIELDS));
    block("RLP_STRUCTURES_ENCODING", Problem.values());
    block("RLP_WITHDRAWALS_NOT_READ", with(Problem.values(), WITHDRAWALS_ROOT));
    block("RLP_INVALID_ADDRESS", Problem.WRONG_SIZE);
    block("RLP_INVALID_FIELD_OVERFLOW_64", Problem.OVERFLOW, Problem.WRONG_SIZE);
    block("UNKNOWN_PARENT", PARENT_HASH);
    block("UNKNOWN_PARENT_ZERO", PARENT_HASH);
    block("INVALID_BLOCK_NUMBER", NUMBER);
    block("INVALID_BLOCK_TIMESTAMP_OLDER_THAN_PARENT", TIMESTAMP);
    block("INVALID_GASLIMIT", GAS_LIMIT, GAS_LIMIT_MAXIMUM);
    block("GASLIMIT_TOO_BIG", GAS_LIMIT_MAXIMUM);
    block("EXTRA_DATA_TOO_BIG", EXTRA_DATA_SIZE);
    block("EXTRA_DATA_INVALID_DAO", DAO_EXTRA_DATA, OMMER_HEADER);
    block("INVALID_DIFFICULTY", DIFFICULTY);
    block("INVALID_BASEFEE_PER_GAS", BASE_FEE);
    block("INCORRECT_EXCESS_BLOB_GAS", EXCESS_BLOB_GAS);
    block("INCORRECT_BLOB_GAS_USED", BLOB_GAS_USED, BLOB_GAS_USED_ABOVE_LIMIT);
    block("INVALID_GAS_USED", GAS_USED);
    block("INVALID_GAS_USED_ABOVE_LIMIT", GAS_USED_ABOVE_LIMIT);
    block("GAS_USED_OVERFLOW", GAS_ALLOWANCE, GAS_USED_ABOVE_LIMIT);
    block("INVALID_STATE_ROOT", STATE_ROOT);
    block("INVALID_TRANSACTIONS_ROOT", TRANSACTIONS_ROOT);
    block("INVALID_RECEIPTS_ROOT", RECEIPTS_ROOT);
    block("INVALID_WITHDRAWALS_ROOT", WITHDRAWALS_ROOT);
    block("INVALID_LOG_BLOOM", LOGS_BLOOM);
    block("INVALID_REQUESTS", REQUESTS_HASH);
    block("INVALID_DEPOSIT_EVENT_LAYOUT", DEPOSIT_LAYOUT);
    block("SYSTEM_CONTRACT_EMPTY", SYSTEM_CONTRACT_EMPTY);
    block("SYSTEM_CONTRACT_CALL_FAILED", SYSTEM_CALL_FAILED);
    block("RLP_BLOCK_LIMIT_EXCEEDED", BLOCK_SIZE);
    block("UNCLE_PARENT_INCORRECT", OMMER_PARENT);
    block("IMPORT_IMPOSSIBLE_UNCLES_OVER_PARIS", NO_OMMERS, OMMER_COUNT);
    block("IMPORT_IMPOSSIBLE_DIFFICULTY_OVER_PARIS", DIFFICULTY);
    // The two kinds of block on the wrong side of the merge differ from the right one in this.
    block("IMPORT_IMPOSSIBLE_PARIS_WRONG_POS", DIFFICULTY);
    block("IMPORT_IMPOSSIBLE_PARIS_WRONG_POW", DIFFICULTY);
    // A header in the form of another fork than its own.
    block("IMPORT_IMPOSSIBLE_LEGACY", HEADER_FIELDS);
    block("IMPORT_IMPOSSIBLE_LEGACY_WRONG_PARENT", HEADER_FIELDS, OMMER_HEADER);
    block("IMPORT_IMPOSSIBLE_LONDON_WRONG_PARENT", HEADER_FIELDS, OMMER_HEADER);
    block("IMPORT_IMPOSSIBLE_SHANGHAI", HEADER_FIELDS);
    block("IMPORT_IMPOSSIBLE_PARIS_OVER_SHANGHAI", HEADER_FIELDS);
  }

  private ExpectedException() {}

  private static void transaction(String name, Enum<?>... reasons) {
    put("TransactionException." + name, reasons);
  }

  private static void block(String name, Enum<?>... reasons) {
    put("BlockException." + name, reasons);
  }

  private static Enum<?>[] with(Enum<?>[] reasons, Enum<?> another) {
    Enum<?>[] all = Arrays.copyOf(reasons, reasons.length + 1, Enum[].class);
    all[reasons.length] = another;
    return all;
  }

  private static void put(String name, Enum<?>... reasons) {
    REASONS.put(name, Set.of(reasons));
  }

  /**
   * Holds a rejection against what a test expects.
   *
   * @param expected names of exceptions, or null where there must be none
   * @param actual null where nothing was refused
   * @return what does not fit, or null
   */
  static String judge(String expected, Rejection actual) {
    if (expected == null) {
      return actual == null ? null : "rejected: " + actual;
    }
    if (actual == null) {
      return "accepted, expected " + expected;
    }
    Set<String> unknown = new TreeSet<>();
    for (String name : expected.split("\\|", -1)) {
      Set<Enum<?>> reasons = REASONS.get(name.strip());
      if (reasons == null) {
        unknown.add(name);
      } else if (actual.reasons().stream().anyMatch(reasons::contains)) {
        return null;
      }
    }
    return unknown.isEmpty()
        ? "rejected: " + actual + ", expected " + expected
        : "rejected: " + actual + ", expected what is not known here: " + unknown;
  }
}
