package io.rekindle.evm.chain;

import io.rekindle.evm.crypto.Keccak256;
import io.rekindle.evm.state.Log;
import io.rekindle.evm.word.Hash;
import java.util.List;

/**
 * The 2048-bit filter over the addresses and topics of logs (Yellow Paper, section 4.3.1): each
 * sets three bits, chosen by the low 11 bits of the first three 16-bit words of its Keccak-256
 * hash. Bit 0 is the lowest bit of the last byte.
 */
public final class LogsBloom {
  /** Bytes of a bloom. */
  public static final int SIZE = 256;

  private LogsBloom() {}

  /** The bloom of these logs. */
  public static byte[] of(List<Log> logs) {
    byte[] bloom = new byte[SIZE];
    for (Log log : logs) {
      add(bloom, Keccak256.hash(log.address().toBytes()));
      for (Hash topic : log.topics()) {
        add(bloom, Keccak256.hash(topic.toBytes()));
      }
    }
    return bloom;
  }

  /** The union of the receipts' blooms: a block's. */
  public static byte[] ofReceipts(List<Receipt> receipts) {
    byte[] bloom = new byte[SIZE];
    for (Receipt receipt : receipts) {
      accumulate(bloom, receipt.logsBloom());
    }
    return bloom;
  }

  /** Adds the bits of {@code bloom} to {@code total}. */
  public static void accumulate(byte[] total, byte[] bloom) {
    for (int i = 0; i < SIZE; i++) {
      total[i] |= bloom[i];
    }
  }

  private static void add(byte[] bloom, Hash hash) {
    set(bloom, (int) (hash.limb3() >>> 48));
    set(bloom, (int) (hash.limb3() >>> 32));
    set(bloom, (int) (hash.limb3() >>> 16));
  }

  private static void set(byte[] bloom, int word) {
    int bit = word & 0x7ff;
    bloom[SIZE - 1 - (bit >>> 3)] |= (byte) (1 << (bit & 7));
  }
}
