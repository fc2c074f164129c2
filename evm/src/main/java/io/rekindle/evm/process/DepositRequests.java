package io.rekindle.evm.process;

import io.rekindle.evm.chain.Receipt;
import io.rekindle.evm.state.Log;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import java.io.ByteArrayOutputStream;
import java.util.List;

/**
 * Reads deposit requests out of a block's logs (EIP-6110). A deposit event's data is the ABI
 * encoding of five byte strings: five offsets, then each string's length and its bytes, padded to
 * whole words.
 */
final class DepositRequests {
  private static final byte TYPE = 0;

  /** Keccak-256 of DepositEvent(bytes,bytes,bytes,bytes,bytes). */
  private static final Hash EVENT =
      Hash.ofHex("0x649bbc62d0e31342afea4e5cd82d4049e7e1ee912fc0889aa790803be39038c5");

  /** Bytes of public key, withdrawal credentials, amount, signature, index. */
  private static final int[] LENGTHS = {48, 32, 8, 96, 8};

  private static final int WORD = 32;
  private static final int DATA_LENGTH = 576;

  private DepositRequests() {}

  /**
   * What a block's logs ask for.
   *
   * @param request with its type byte, or null where there is no deposit
   * @param fault how an event differs from the layout, which makes the block invalid; or null
   */
  record Parsed(byte[] request, String fault) {}

  static Parsed parse(List<Receipt> receipts, Address depositContract) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(TYPE);
    for (Receipt receipt : receipts) {
      for (Log log : receipt.logs()) {
        if (isDeposit(log, depositContract)) {
          String fault = append(log.data(), out);
          if (fault != null) {
            return new Parsed(null, fault);
          }
        }
      }
    }
    return new Parsed(out.size() == 1 ? null : out.toByteArray(), null);
  }

  private static boolean isDeposit(Log log, Address depositContract) {
    return log.address().equals(depositContract)
        && !log.topics().isEmpty()
        && log.topics().get(0).equals(EVENT);
  }

  private static String append(byte[] data, ByteArrayOutputStream out) {
    if (data.length != DATA_LENGTH) {
      return "data of " + data.length + " bytes";
    }
    int offset = LENGTHS.length * WORD;
    for (int part = 0; part < LENGTHS.length; part++) {
      if (!holds(data, part * WORD, offset)) {
        return "offset of part " + part + " is not " + offset;
      }
      if (!holds(data, offset, LENGTHS[part])) {
        return "length of part " + part + " is not " + LENGTHS[part];
      }
      out.write(data, offset + WORD, LENGTHS[part]);
      offset += WORD + (LENGTHS[part] + WORD - 1) / WORD * WORD;
    }
    return null;
  }

  private static boolean holds(byte[] data, int at, int value) {
    return UInt256.ofBytes32(data, at).equals(UInt256.of(value));
  }
}
