package io.rekindle.evm.chain;

import io.rekindle.evm.rlp.RlpException;
import io.rekindle.evm.rlp.RlpReader;
import io.rekindle.evm.rlp.RlpWriter;
import io.rekindle.evm.word.Address;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Blocks as RLP: header, transactions, ommers and, from Shanghai on, withdrawals (EIP-4895). */
final class BlockRlp {
  private BlockRlp() {}

  static Block read(RlpReader reader) {
    RlpReader list = reader.list("block");
    Header header = header(list);
    Block body = body(list, header);
    list.end("block");
    return body;
  }

  /** Reads the lists that follow a header; archives keep them apart from it. */
  static Block body(RlpReader list, Header header) {
    List<Transaction> transactions =
        items(
            list.list("transactions"),
            "transactions",
            items -> TransactionRlp.readInBlock(items, "transaction"));
    List<Header> ommers =
        items(list.list("ommers"), "ommers", items -> HeaderRlp.read(items, "header"));
    List<Withdrawal> withdrawals =
        list.hasNext()
            ? items(list.list("withdrawals"), "withdrawals", BlockRlp::withdrawal)
            : null;
    return new Block(header, transactions, ommers, withdrawals);
  }

  private static Header header(RlpReader list) {
    try {
      return HeaderRlp.read(list, "header");
    } catch (RlpException e) {
      throw e.field().equals("header") ? e : e.within("header");
    }
  }

  private static <T> List<T> items(RlpReader list, String field, Function<RlpReader, T> item) {
    List<T> items = new ArrayList<>();
    while (list.hasNext()) {
      try {
        items.add(item.apply(list));
      } catch (RlpException e) {
        throw e.within(field + "[" + items.size() + "]");
      }
    }
    return List.copyOf(items);
  }

  static Withdrawal withdrawal(RlpReader reader) {
    RlpReader list = reader.list("withdrawal");
    long index = list.uint64("index");
    long validatorIndex = list.uint64("validatorIndex");
    Address address = list.address("address");
    long amount = list.uint64("amount");
    list.end("withdrawal");
    return new Withdrawal(index, validatorIndex, address, amount);
  }

  static void write(Withdrawal withdrawal, RlpWriter writer) {
    int list = writer.startList();
    writer
        .uint64(withdrawal.index())
        .uint64(withdrawal.validatorIndex())
        .address(withdrawal.address())
        .uint64(withdrawal.amount());
    writer.endList(list);
  }

  static void write(Block block, RlpWriter writer) {
    final int list = writer.startList();
    HeaderRlp.write(block.header(), writer);
    writeBody(block, writer);
    writer.endList(list);
  }

  static void writeBody(Block block, RlpWriter writer) {
    int transactions = writer.startList();
    block.transactions().forEach(transaction -> TransactionRlp.writeInBlock(transaction, writer));
    writer.endList(transactions);
    writeHeaders(block.ommers(), writer);
    if (block.withdrawals() != null) {
      int withdrawals = writer.startList();
      block.withdrawals().forEach(withdrawal -> write(withdrawal, writer));
      writer.endList(withdrawals);
    }
  }

  static void writeHeaders(List<Header> headers, RlpWriter writer) {
    int list = writer.startList();
    headers.forEach(header -> HeaderRlp.write(header, writer));
    writer.endList(list);
  }
}
