package io.rekindle.job.archive;

import io.rekindle.evm.chain.Block;
import io.rekindle.evm.chain.Receipt;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import java.util.List;

/**
 * A block as an archive holds it.
 *
 * @param encoded RLP of the block
 * @param hash of the header
 * @param place file and place in it, for messages
 * @param totalDifficulty from genesis up to and with this block, or null where the archive does not
 *     say
 * @param storedReceipts the block's receipts as the archive holds them, or null
 * @param companions files that lie beside the block, or null where there is no folder for it
 * @param missingOmmers how many ommers the header commits to of which the archive has no headers:
 *     an RPC block names them by hash only. {@code block} and {@code encoded} lack them then.
 */
public record ArchivedBlock(
    Block block,
    byte[] encoded,
    Hash hash,
    String place,
    UInt256 totalDifficulty,
    StoredReceipts storedReceipts,
    Companions companions,
    int missingOmmers) {
  /** A block of an archive that holds nothing but blocks. */
  static ArchivedBlock of(Block block, byte[] encoded, Hash hash, String place) {
    return new ArchivedBlock(block, encoded, hash, place, null, null, null, 0);
  }

  /** The same block with other files beside it, or with none. */
  ArchivedBlock withCompanions(Companions others) {
    return new ArchivedBlock(
        block, encoded, hash, place, totalDifficulty, storedReceipts, others, missingOmmers);
  }

  public long number() {
    return block.header().number();
  }

  /**
   * The block's receipts, decoded now; null where the archive has none.
   *
   * @throws ArchiveException where they are no receipts
   */
  public List<Receipt> receipts() {
    return storedReceipts == null ? null : storedReceipts.decode(place);
  }
}
