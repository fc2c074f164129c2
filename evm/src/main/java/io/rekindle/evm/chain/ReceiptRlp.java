package io.rekindle.evm.chain;

import io.rekindle.evm.rlp.RlpException;
import io.rekindle.evm.rlp.RlpException.Problem;
import io.rekindle.evm.rlp.RlpReader;
import io.rekindle.evm.rlp.RlpWriter;
import io.rekindle.evm.state.Log;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import java.util.ArrayList;
import java.util.List;

/**
 * Receipts as bytes: an RLP list, behind the transaction's type where that is not legacy
 * (EIP-2718). Its first field is the state root before Byzantium and the status after (EIP-658).
 */
final class ReceiptRlp {
  private static final int MAX_TYPE = 4;
  private static final int MAX_TOPICS = 4;

  private ReceiptRlp() {}

  /** The next receipt of a block's list, as the network and archives carry it. */
  static Receipt readInBlock(RlpReader reader, String field) {
    if (reader.nextIsList()) {
      return fields(0, reader.list(field));
    }
    RlpReader envelope = reader.region(field);
    Receipt receipt = typed(envelope);
    envelope.end(field);
    return receipt;
  }

  static Receipt read(byte[] encoded) {
    RlpReader reader = RlpReader.of(encoded);
    Receipt receipt = reader.nextIsList() ? fields(0, reader.list("receipt")) : typed(reader);
    reader.end("receipt");
    return receipt;
  }

  private static Receipt typed(RlpReader reader) {
    int offset = reader.position();
    int type = reader.rawByte("type");
    if (type < 1 || type > MAX_TYPE) {
      throw new RlpException(
          Problem.UNKNOWN_TYPE, "type", offset, "no receipt type " + type + " is known");
    }
    return fields(type, reader.list("receipt"));
  }

  private static Receipt fields(int type, RlpReader list) {
    int offset = list.position();
    byte[] outcome = list.bytes("status");
    Hash stateRoot = null;
    if (outcome.length == 32) {
      stateRoot = Hash.ofBytes(outcome);
    } else if (outcome.length > 1 || (outcome.length == 1 && outcome[0] != 1)) {
      throw new RlpException(
          Problem.WRONG_SIZE, "status", offset, "neither 0 nor 1 nor a state root");
    }
    long cumulativeGasUsed = list.uint64("cumulativeGasUsed");
    byte[] logsBloom = list.bytes("logsBloom", LogsBloom.SIZE);
    List<Log> logs = logs(list.list("logs"));
    list.end("receipt");
    boolean success = outcome.length == 1;
    return new Receipt(type, stateRoot, success, cumulativeGasUsed, logsBloom, logs);
  }

  private static List<Log> logs(RlpReader list) {
    List<Log> logs = new ArrayList<>();
    while (list.hasNext()) {
      RlpReader log = list.list("log");
      Address address = log.address("log.address");
      RlpReader topicList = log.list("log.topics");
      List<Hash> topics = new ArrayList<>(MAX_TOPICS);
      while (topicList.hasNext()) {
        topics.add(topicList.hash("log.topics"));
      }
      byte[] data = log.bytes("log.data");
      log.end("log");
      logs.add(new Log(address, List.copyOf(topics), data));
    }
    return List.copyOf(logs);
  }

  /** The canonical bytes, which the receipts trie holds. */
  static byte[] encode(Receipt receipt) {
    RlpWriter writer = new RlpWriter(512 + 128 * receipt.logs().size());
    write(receipt, writer);
    return writer.toBytes();
  }

  static void writeInBlock(Receipt receipt, RlpWriter writer) {
    if (receipt.type() == 0) {
      write(receipt, writer);
    } else {
      writer.bytes(encode(receipt));
    }
  }

  private static void write(Receipt receipt, RlpWriter writer) {
    if (receipt.type() != 0) {
      writer.rawByte(receipt.type());
    }
    int list = writer.startList();
    if (receipt.stateRoot() != null) {
      writer.hash(receipt.stateRoot());
    } else {
      writer.uint64(receipt.success() ? 1 : 0);
    }
    writer.uint64(receipt.cumulativeGasUsed()).bytes(receipt.logsBloom());
    writeLogs(receipt.logs(), writer);
    writer.endList(list);
  }

  static void writeLogs(List<Log> logs, RlpWriter writer) {
    int list = writer.startList();
    for (Log log : logs) {
      int entry = writer.startList();
      writer.address(log.address());
      int topics = writer.startList();
      for (Hash topic : log.topics()) {
        writer.hash(topic);
      }
      writer.endList(topics).bytes(log.data()).endList(entry);
    }
    writer.endList(list);
  }
}
