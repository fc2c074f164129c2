package io.rekindle.job.archive;

import io.rekindle.evm.chain.Receipt;
import io.rekindle.evm.rlp.RlpException;
import java.util.List;

/**
 * Receipts of a block as an archive holds them.
 *
 * @param rlp an RLP list
 * @param form how the items of the list are written
 */
public record StoredReceipts(byte[] rlp, Form form) {
  /** How archives write receipts. */
  public enum Form {
    /** As the network carries them (EIP-2718). */
    CONSENSUS,
    /** Type, outcome, cumulative gas and logs; blooms are left out. */
    SLIM
  }

  List<Receipt> decode(String place) {
    try {
      return form == Form.SLIM ? SlimReceipts.decode(rlp) : Receipt.decodeList(rlp);
    } catch (RlpException e) {
      throw new ArchiveException(place, "receipts", e.getMessage(), e);
    }
  }
}
