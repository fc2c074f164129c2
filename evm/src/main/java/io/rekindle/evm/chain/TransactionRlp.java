package io.rekindle.evm.chain;

import io.rekindle.evm.rlp.RlpException;
import io.rekindle.evm.rlp.RlpException.Problem;
import io.rekindle.evm.rlp.RlpReader;
import io.rekindle.evm.rlp.RlpWriter;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Transactions as bytes: a legacy transaction is an RLP list, any other its type followed by an RLP
 * list (EIP-2718), which a block holds as a string.
 */
final class TransactionRlp {
  private static final int MAX_TYPE = 4;
  private static final BigInteger EIP_155_BASE = BigInteger.valueOf(35);

  private TransactionRlp() {}

  /** The next transaction of a block's list. */
  static Transaction readInBlock(RlpReader reader, String field) {
    if (reader.nextIsList()) {
      return legacy(reader.list(field));
    }
    RlpReader envelope = reader.region(field);
    Transaction transaction = typed(envelope);
    envelope.end(field);
    return transaction;
  }

  /** A transaction on its own. */
  static Transaction read(byte[] encoded) {
    RlpReader reader = RlpReader.of(encoded);
    Transaction transaction =
        reader.nextIsList() ? legacy(reader.list("transaction")) : typed(reader);
    reader.end("transaction");
    return transaction;
  }

  private static Transaction legacy(RlpReader list) {
    long nonce = list.uint64("nonce");
    UInt256 gasPrice = list.uint256("gasPrice");
    long gasLimit = list.uint64("gasLimit");
    Address to = list.addressOrNull("to");
    UInt256 value = list.uint256("value");
    byte[] input = list.bytes("input");
    UInt256 v = list.uint256("v");
    UInt256 r = list.uint256("r");
    UInt256 s = list.uint256("s");
    list.end("transaction");
    return new Transaction(
        0,
        chainIdOf(v),
        nonce,
        gasPrice,
        null,
        null,
        null,
        gasLimit,
        to,
        value,
        input,
        List.of(),
        List.of(),
        List.of(),
        v,
        r,
        s);
  }

  /** The chain id in a legacy transaction's v (EIP-155), or null where there is none. */
  static UInt256 chainIdOf(UInt256 v) {
    BigInteger value = v.toBigInteger();
    return value.compareTo(EIP_155_BASE) < 0
        ? null
        : UInt256.of(value.subtract(EIP_155_BASE).shiftRight(1));
  }

  private static Transaction typed(RlpReader reader) {
    int offset = reader.position();
    int type = reader.rawByte("type");
    if (type < 1 || type > MAX_TYPE) {
      throw new RlpException(
          Problem.UNKNOWN_TYPE, "type", offset, "no transaction type " + type + " is known");
    }
    RlpReader list = reader.list("transaction");
    UInt256 chainId = list.uint256("chainId");
    long nonce = list.uint64("nonce");
    UInt256 gasPrice = type == 1 ? list.uint256("gasPrice") : null;
    UInt256 maxPriorityFee = type >= 2 ? list.uint256("maxPriorityFeePerGas") : null;
    UInt256 maxFee = type >= 2 ? list.uint256("maxFeePerGas") : null;
    long gasLimit = list.uint64("gasLimit");
    // Types 3 and 4 cannot create a contract: their recipient is an address without exception.
    Address to = type <= 2 ? list.addressOrNull("to") : list.address("to");
    UInt256 value = list.uint256("value");
    byte[] input = list.bytes("input");
    List<AccessListEntry> accessList = accessList(list.list("accessList"));
    UInt256 maxBlobFee = type == 3 ? list.uint256("maxFeePerBlobGas") : null;
    List<Hash> blobHashes =
        type == 3
            ? hashes(list.list("blobVersionedHashes"), "blobVersionedHashes")
            : List.<Hash>of();
    List<Authorization> authorizations =
        type == 4 ? authorizations(list.list("authorizationList")) : List.<Authorization>of();
    UInt256 yParity = list.uint256("yParity");
    UInt256 r = list.uint256("r");
    UInt256 s = list.uint256("s");
    list.end("transaction");
    return new Transaction(
        type,
        chainId,
        nonce,
        gasPrice,
        maxPriorityFee,
        maxFee,
        maxBlobFee,
        gasLimit,
        to,
        value,
        input,
        accessList,
        blobHashes,
        authorizations,
        yParity,
        r,
        s);
  }

  private static List<AccessListEntry> accessList(RlpReader list) {
    if (!list.hasNext()) {
      return List.of();
    }
    List<AccessListEntry> entries = new ArrayList<>();
    while (list.hasNext()) {
      RlpReader entry = list.list("accessList");
      Address address = entry.address("accessList.address");
      RlpReader keys = entry.list("accessList.storageKeys");
      entry.end("accessList");
      List<UInt256> slots = new ArrayList<>();
      while (keys.hasNext()) {
        slots.add(UInt256.ofHash(keys.hash("accessList.storageKeys")));
      }
      entries.add(new AccessListEntry(address, List.copyOf(slots)));
    }
    return List.copyOf(entries);
  }

  private static List<Hash> hashes(RlpReader list, String field) {
    List<Hash> hashes = new ArrayList<>();
    while (list.hasNext()) {
      hashes.add(list.hash(field));
    }
    return List.copyOf(hashes);
  }

  private static List<Authorization> authorizations(RlpReader list) {
    List<Authorization> authorizations = new ArrayList<>();
    while (list.hasNext()) {
      RlpReader tuple = list.list("authorizationList");
      authorizations.add(
          new Authorization(
              tuple.uint256("authorizationList.chainId"),
              tuple.address("authorizationList.address"),
              tuple.uint64("authorizationList.nonce"),
              UInt256.of(tuple.uint("authorizationList.yParity", 255)),
              tuple.uint256("authorizationList.r"),
              tuple.uint256("authorizationList.s")));
      tuple.end("authorizationList");
    }
    return List.copyOf(authorizations);
  }

  /** As a block's list holds it. */
  static void writeInBlock(Transaction transaction, RlpWriter writer) {
    if (transaction.type() == 0) {
      write(transaction, writer);
    } else {
      writer.bytes(encode(transaction));
    }
  }

  /** The canonical bytes, of which the transaction's hash is taken. */
  static byte[] encode(Transaction transaction) {
    RlpWriter writer = new RlpWriter(256 + transaction.input().length);
    write(transaction, writer);
    return writer.toBytes();
  }

  private static void write(Transaction transaction, RlpWriter writer) {
    int list = startFields(transaction, writer);
    writer.uint256(transaction.v()).uint256(transaction.r()).uint256(transaction.s());
    writer.endList(list);
  }

  /** What the sender signs: the fields without the signature, with EIP-155's three for legacy. */
  static byte[] encodeForSigning(Transaction transaction) {
    RlpWriter writer = new RlpWriter(256 + transaction.input().length);
    int list = startFields(transaction, writer);
    if (transaction.type() == 0 && transaction.chainId() != null) {
      writer.uint256(transaction.chainId()).uint64(0).uint64(0);
    }
    writer.endList(list);
    return writer.toBytes();
  }

  private static int startFields(Transaction transaction, RlpWriter writer) {
    int type = transaction.type();
    if (type != 0) {
      writer.rawByte(type);
    }
    final int list = writer.startList();
    if (type != 0) {
      writer.uint256(transaction.chainId());
    }
    writer.uint64(transaction.nonce());
    if (type <= 1) {
      writer.uint256(transaction.gasPrice());
    } else {
      writer.uint256(transaction.maxPriorityFeePerGas()).uint256(transaction.maxFeePerGas());
    }
    writer
        .uint64(transaction.gasLimit())
        .addressOrEmpty(transaction.to())
        .uint256(transaction.value())
        .bytes(transaction.input());
    if (type != 0) {
      writeAccessList(transaction.accessList(), writer);
    }
    if (type == 3) {
      writer.uint256(transaction.maxFeePerBlobGas());
      int hashes = writer.startList();
      transaction.blobHashes().forEach(writer::hash);
      writer.endList(hashes);
    }
    if (type == 4) {
      writeAuthorizations(transaction.authorizations(), writer);
    }
    return list;
  }

  private static void writeAccessList(List<AccessListEntry> entries, RlpWriter writer) {
    int list = writer.startList();
    for (AccessListEntry entry : entries) {
      int tuple = writer.startList();
      writer.address(entry.address());
      int keys = writer.startList();
      for (UInt256 slot : entry.slots()) {
        writer.hash(Hash.of(slot.limb3(), slot.limb2(), slot.limb1(), slot.limb0()));
      }
      writer.endList(keys).endList(tuple);
    }
    writer.endList(list);
  }

  private static void writeAuthorizations(List<Authorization> authorizations, RlpWriter writer) {
    int list = writer.startList();
    for (Authorization authorization : authorizations) {
      int tuple = writer.startList();
      writer
          .uint256(authorization.chainId())
          .address(authorization.delegate())
          .uint64(authorization.nonce())
          .uint256(authorization.yParity())
          .uint256(authorization.r())
          .uint256(authorization.s());
      writer.endList(tuple);
    }
    writer.endList(list);
  }
}
