package io.rekindle.job.archive;

import io.rekindle.evm.chain.Receipt;
import io.rekindle.evm.rlp.RlpWriter;
import io.rekindle.evm.state.Log;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Writes ere files of blocks, for tests. */
final class TestEras {
  private static final int PROOF = 0x0b;
  private static final int UNKNOWN = 0x7e;

  private TestEras() {}

  /** An ere file with these columns; it has an accumulator where it has difficulties. */
  static byte[] ere(List<ArchivedBlock> blocks, String... columns) {
    E2StoreWriter file = new E2StoreWriter();
    file.add(EraRecord.VERSION, new byte[0]);
    List<long[]> offsets = new ArrayList<>();
    blocks.forEach(block -> offsets.add(new long[columns.length]));
    Accumulator accumulator = new Accumulator(EraLayout.MAX_BLOCKS);
    for (int column = 0; column < columns.length; column++) {
      UInt256 total = UInt256.ZERO;
      for (int i = 0; i < blocks.size(); i++) {
        ArchivedBlock block = blocks.get(i);
        UInt256 difficulty = block.block().header().difficulty();
        total = total.add(difficulty);
        if (columns[column].equals("difficulty") && !difficulty.isZero()) {
          accumulator.add(block.hash(), total);
        }
        offsets.get(i)[column] = add(file, columns[column], block, total);
      }
    }
    if (List.of(columns).contains("difficulty")) {
      file.add(EraRecord.ACCUMULATOR, accumulator.root().toBytes());
    }
    return file.end(blocks.get(0).number(), offsets);
  }

  private static long add(E2StoreWriter file, String column, ArchivedBlock block, UInt256 total) {
    byte[] text = "anything".getBytes(StandardCharsets.UTF_8);
    return switch (column) {
      case "header" -> file.addPacked(EraRecord.HEADER, block.block().header().encoded());
      case "body" -> file.addPacked(EraRecord.BODY, block.block().encodedBody());
      case "receipts" -> file.addPacked(EraRecord.SLIM_RECEIPTS, slim(block.receipts()));
      case "difficulty" -> file.add(EraRecord.TOTAL_DIFFICULTY, reversed(total.toBytes()));
      case "proof" -> file.add(PROOF, text);
      case "unknown" -> file.add(UNKNOWN, text);
      default -> throw new IllegalArgumentException(column);
    };
  }

  static byte[] reversed(byte[] bytes) {
    byte[] reversed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    return reversed;
  }

  private static byte[] slim(List<Receipt> receipts) {
    RlpWriter writer = new RlpWriter();
    int list = writer.startList();
    for (Receipt receipt : receipts) {
      int fields = writer.startList();
      writer.uint64(receipt.type());
      if (receipt.stateRoot() != null) {
        writer.hash(receipt.stateRoot());
      } else {
        writer.uint64(receipt.success() ? 1 : 0);
      }
      writer.uint64(receipt.cumulativeGasUsed());
      int logs = writer.startList();
      for (Log log : receipt.logs()) {
        int entry = writer.startList();
        writer.address(log.address());
        int topics = writer.startList();
        for (Hash topic : log.topics()) {
          writer.hash(topic);
        }
        writer.endList(topics).bytes(log.data()).endList(entry);
      }
      writer.endList(logs).endList(fields);
    }
    return writer.endList(list).toBytes();
  }
}
