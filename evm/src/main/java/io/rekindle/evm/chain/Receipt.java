package io.rekindle.evm.chain;

import io.rekindle.evm.rlp.RlpReader;
import io.rekindle.evm.rlp.RlpWriter;
import io.rekindle.evm.state.Log;
import io.rekindle.evm.word.Hash;
import java.util.ArrayList;
import java.util.List;

/**
 * A transaction's receipt.
 *
 * @param type of the transaction
 * @param stateRoot after the transaction, before Byzantium; else null
 * @param success the status from Byzantium on (EIP-658)
 * @param cumulativeGasUsed of the block up to and with this transaction
 * @param logsBloom 256 bytes
 */
public record Receipt(
    int type,
    Hash stateRoot,
    boolean success,
    long cumulativeGasUsed,
    byte[] logsBloom,
    List<Log> logs) {

  /**
   * A receipt on its own, from its canonical bytes.
   *
   * @throws io.rekindle.evm.rlp.RlpException where the bytes are not its canonical encoding
   */
  public static Receipt decode(byte[] encoded) {
    return ReceiptRlp.read(encoded);
  }

  /**
   * A block's receipts, from an RLP list as the network and archives carry it.
   *
   * @throws io.rekindle.evm.rlp.RlpException where the bytes are not its canonical encoding
   */
  public static List<Receipt> decodeList(byte[] encoded) {
    RlpReader reader = RlpReader.of(encoded);
    RlpReader list = reader.list("receipts");
    reader.end("receipts");
    List<Receipt> receipts = new ArrayList<>();
    while (list.hasNext()) {
      receipts.add(ReceiptRlp.readInBlock(list, "receipt"));
    }
    return List.copyOf(receipts);
  }

  /** What {@link #decodeList} reads. */
  public static byte[] encodeList(List<Receipt> receipts) {
    RlpWriter writer = new RlpWriter(16_384);
    int list = writer.startList();
    receipts.forEach(receipt -> ReceiptRlp.writeInBlock(receipt, writer));
    writer.endList(list);
    return writer.toBytes();
  }

  /** The canonical bytes (EIP-2718), which the receipts trie holds. */
  public byte[] encoded() {
    return ReceiptRlp.encode(this);
  }
}
