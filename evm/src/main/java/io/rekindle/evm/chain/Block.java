package io.rekindle.evm.chain;

import io.rekindle.evm.rlp.RlpReader;
import io.rekindle.evm.rlp.RlpWriter;
import java.util.List;

/**
 * A block.
 *
 * @param withdrawals null before Shanghai
 */
public record Block(
    Header header,
    List<Transaction> transactions,
    List<Header> ommers,
    List<Withdrawal> withdrawals) {

  /**
   * @throws io.rekindle.evm.rlp.RlpException where the bytes are not a block's canonical encoding
   */
  public static Block decode(byte[] encoded) {
    RlpReader reader = RlpReader.of(encoded);
    Block block = BlockRlp.read(reader);
    reader.end("block");
    return block;
  }

  /** The next block of several in a row, as in an RLP export of a chain. */
  public static Block read(RlpReader reader) {
    return BlockRlp.read(reader);
  }

  /**
   * A block whose header and body are kept apart, as archives do.
   *
   * @param body RLP list of transactions, ommers and, from Shanghai on, withdrawals
   */
  public static Block decodeBody(Header header, byte[] body) {
    RlpReader reader = RlpReader.of(body);
    RlpReader list = reader.list("body");
    Block block = BlockRlp.body(list, header);
    list.end("body");
    reader.end("body");
    return block;
  }

  /** The block's RLP, whose length EIP-7934 bounds. */
  public byte[] encoded() {
    RlpWriter writer = new RlpWriter(16_384);
    BlockRlp.write(this, writer);
    return writer.toBytes();
  }

  /** The block without its header, as {@link #decodeBody} takes it. */
  public byte[] encodedBody() {
    RlpWriter writer = new RlpWriter(16_384);
    int list = writer.startList();
    BlockRlp.writeBody(this, writer);
    writer.endList(list);
    return writer.toBytes();
  }
}
