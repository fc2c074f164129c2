package io.rekindle.job.archive;

/**
 * The records of era1 and ere files.
 *
 * @see <a href="https://github.com/eth-clients/e2store-format-specs">e2store format specifications
 *     </a>
 */
enum EraRecord {
  VERSION(0x3265, "a version"),
  /** RLP of a header in snappy frames. */
  HEADER(0x03, "a header"),
  /** RLP list of transactions, ommers and, from Shanghai on, withdrawals, in snappy frames. */
  BODY(0x04, "a body"),
  /** RLP list of receipts as the network carries them, in snappy frames; era1's. */
  RECEIPTS(0x05, "receipts"),
  /** 32 bytes, little-endian. */
  TOTAL_DIFFICULTY(0x06, "a total difficulty"),
  /** The hash tree root of the file's header records, 32 bytes. */
  ACCUMULATOR(0x07, "an accumulator"),
  /** RLP list of receipts without blooms, in snappy frames; ere's. */
  SLIM_RECEIPTS(0x0a, "slim receipts"),
  /** That the header is in the chain's history; ere's. It is not read. */
  PROOF(0x0b, "a proof"),
  /** Where the blocks of an era1 file start. */
  BLOCK_INDEX(0x3266, "a block index"),
  /** Where the parts of the blocks of an ere file start. */
  DYNAMIC_BLOCK_INDEX(0x3267, "a block index");

  private final int type;
  private final String label;

  EraRecord(int type, String label) {
    this.type = type;
    this.label = label;
  }

  /** The two bytes of type, the first being the low one. */
  int type() {
    return type;
  }

  String label() {
    return label;
  }

  /** The label without its article, as inspections name it. */
  String part() {
    return label.replaceFirst("^an? ", "");
  }

  /** What a record of this type is called, known here or not. */
  static String partOf(int type) {
    for (EraRecord record : values()) {
      if (record.type == type) {
        return record.part();
      }
    }
    return "record 0x%04x".formatted(type);
  }
}
