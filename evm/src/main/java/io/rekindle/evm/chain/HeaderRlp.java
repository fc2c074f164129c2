package io.rekindle.evm.chain;

import io.rekindle.evm.rlp.RlpReader;
import io.rekindle.evm.rlp.RlpWriter;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;

/**
 * Headers as RLP: 15 fields, and behind them those that later forks appended, as many as there are.
 * Whether a block's fork has just these is for header validation to say.
 */
final class HeaderRlp {
  private HeaderRlp() {}

  static Header read(RlpReader reader, String field) {
    RlpReader list = reader.list(field);
    Hash parentHash = list.hash("parentHash");
    Hash ommersHash = list.hash("sha3Uncles");
    Address coinbase = list.address("miner");
    Hash stateRoot = list.hash("stateRoot");
    Hash transactionsRoot = list.hash("transactionsRoot");
    Hash receiptsRoot = list.hash("receiptsRoot");
    byte[] logsBloom = list.bytes("logsBloom", LogsBloom.SIZE);
    UInt256 difficulty = list.uint256("difficulty");
    long number = list.uint64("number");
    long gasLimit = list.uint64("gasLimit");
    long gasUsed = list.uint64("gasUsed");
    long timestamp = list.uint64("timestamp");
    byte[] extraData = list.bytes("extraData");
    Hash mixHash = list.hash("mixHash");
    long nonce = bigEndian(list.bytes("nonce", 8));
    UInt256 baseFee = list.hasNext() ? list.uint256("baseFeePerGas") : null;
    Hash withdrawalsRoot = list.hasNext() ? list.hash("withdrawalsRoot") : null;
    Long blobGasUsed = list.hasNext() ? list.uint64("blobGasUsed") : null;
    Long excessBlobGas = list.hasNext() ? list.uint64("excessBlobGas") : null;
    Hash parentBeaconBlockRoot = list.hasNext() ? list.hash("parentBeaconBlockRoot") : null;
    Hash requestsHash = list.hasNext() ? list.hash("requestsHash") : null;
    Hash blockAccessListHash = list.hasNext() ? list.hash("blockAccessListHash") : null;
    Long slotNumber = list.hasNext() ? list.uint64("slotNumber") : null;
    list.end(field);
    return new Header(
        parentHash,
        ommersHash,
        coinbase,
        stateRoot,
        transactionsRoot,
        receiptsRoot,
        logsBloom,
        difficulty,
        number,
        gasLimit,
        gasUsed,
        timestamp,
        extraData,
        mixHash,
        nonce,
        baseFee,
        withdrawalsRoot,
        blobGasUsed,
        excessBlobGas,
        parentBeaconBlockRoot,
        requestsHash,
        blockAccessListHash,
        slotNumber);
  }

  private static long bigEndian(byte[] bytes) {
    long value = 0;
    for (byte b : bytes) {
      value = (value << 8) | (b & 0xff);
    }
    return value;
  }

  private static byte[] bigEndian(long value) {
    byte[] bytes = new byte[8];
    for (int i = 0; i < 8; i++) {
      bytes[i] = (byte) (value >>> (56 - 8 * i));
    }
    return bytes;
  }

  static void write(Header header, RlpWriter writer) {
    int list = writer.startList();
    writer
        .hash(header.parentHash())
        .hash(header.ommersHash())
        .address(header.coinbase())
        .hash(header.stateRoot())
        .hash(header.transactionsRoot())
        .hash(header.receiptsRoot())
        .bytes(header.logsBloom())
        .uint256(header.difficulty())
        .uint64(header.number())
        .uint64(header.gasLimit())
        .uint64(header.gasUsed())
        .uint64(header.timestamp())
        .bytes(header.extraData())
        .hash(header.mixHash())
        .bytes(bigEndian(header.nonce()));
    writeOptional(header, writer);
    writer.endList(list);
  }

  private static void writeOptional(Header header, RlpWriter writer) {
    if (header.baseFee() != null) {
      writer.uint256(header.baseFee());
    }
    if (header.withdrawalsRoot() != null) {
      writer.hash(header.withdrawalsRoot());
    }
    if (header.blobGasUsed() != null) {
      writer.uint64(header.blobGasUsed());
    }
    if (header.excessBlobGas() != null) {
      writer.uint64(header.excessBlobGas());
    }
    if (header.parentBeaconBlockRoot() != null) {
      writer.hash(header.parentBeaconBlockRoot());
    }
    if (header.requestsHash() != null) {
      writer.hash(header.requestsHash());
    }
    if (header.blockAccessListHash() != null) {
      writer.hash(header.blockAccessListHash());
    }
    if (header.slotNumber() != null) {
      writer.uint64(header.slotNumber());
    }
  }
}
