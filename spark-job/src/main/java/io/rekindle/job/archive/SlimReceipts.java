package io.rekindle.job.archive;

import io.rekindle.evm.chain.LogsBloom;
import io.rekindle.evm.chain.Receipt;
import io.rekindle.evm.rlp.RlpException;
import io.rekindle.evm.rlp.RlpException.Problem;
import io.rekindle.evm.rlp.RlpReader;
import io.rekindle.evm.state.Log;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import java.util.ArrayList;
import java.util.List;

/**
 * Receipts without blooms, as ere files hold them: an RLP list of lists of transaction type, status
 * or state root, cumulative gas and logs.
 */
final class SlimReceipts {
  private static final int MAX_TYPE = 4;

  private SlimReceipts() {}

  static List<Receipt> decode(byte[] rlp) {
    RlpReader reader = RlpReader.of(rlp);
    RlpReader list = reader.list("receipts");
    reader.end("receipts");
    List<Receipt> receipts = new ArrayList<>();
    while (list.hasNext()) {
      receipts.add(receipt(list.list("receipts[" + receipts.size() + "]")));
    }
    return List.copyOf(receipts);
  }

  private static Receipt receipt(RlpReader fields) {
    int type = fields.uint("type", MAX_TYPE);
    int offset = fields.position();
    byte[] outcome = fields.bytes("status");
    boolean isRoot = outcome.length == Hash.ZERO.toBytes().length;
    if (!isRoot && (outcome.length > 1 || (outcome.length == 1 && outcome[0] != 1))) {
      throw new RlpException(
          Problem.WRONG_SIZE, "status", offset, "neither 0 nor 1 nor a state root");
    }
    long cumulativeGasUsed = fields.uint64("cumulativeGasUsed");
    List<Log> logs = logs(fields.list("logs"));
    fields.end("receipt");
    return new Receipt(
        type,
        isRoot ? Hash.ofBytes(outcome) : null,
        outcome.length == 1,
        cumulativeGasUsed,
        LogsBloom.of(logs),
        logs);
  }

  private static List<Log> logs(RlpReader list) {
    List<Log> logs = new ArrayList<>();
    while (list.hasNext()) {
      RlpReader log = list.list("log");
      Address address = log.address("log.address");
      RlpReader topicList = log.list("log.topics");
      List<Hash> topics = new ArrayList<>();
      while (topicList.hasNext()) {
        topics.add(topicList.hash("log.topics"));
      }
      byte[] data = log.bytes("log.data");
      log.end("log");
      logs.add(new Log(address, List.copyOf(topics), data));
    }
    return List.copyOf(logs);
  }
}
