package io.rekindle.evm.fork;

/** How SSTORE is charged and refunded. */
public enum SstoreRule {
  /** 20,000 to set, 5,000 otherwise, 15,000 back for clearing (Yellow Paper). */
  ORIGINAL,
  /** Net metering of Constantinople (EIP-1283). */
  EIP_1283,
  /** Net metering with a stipend check (EIP-2200). */
  EIP_2200,
  /**
   * Net metering over warm and cold slots (EIP-2929), refunds by {@link Fork#sstoreClearRefund}.
   */
  EIP_2929
}
