package io.rekindle.job.archive;

/**
 * Columns of whole blocks: those of table {@code rlp} of the data sources, and of an archive in
 * Parquet.
 */
public final class BlockFields {
  public static final String NUMBER = "block_number";

  /** As text, by which a block is held against its header. */
  public static final String HASH = "block_hash";

  /** The whole block, as {@code geth export} writes it. */
  public static final String BLOCK_RLP = "block_rlp";

  /** Receipts as the network carries them, a list; null where they are not known. */
  public static final String RECEIPTS_RLP = "receipts_rlp";

  /** From genesis up to and with the block; null where it is not known. */
  public static final String TOTAL_DIFFICULTY = "total_difficulty";

  private BlockFields() {}
}
