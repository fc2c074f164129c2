package io.rekindle.evm.chain;

import io.rekindle.evm.crypto.Keccak256;
import io.rekindle.evm.rlp.RlpWriter;
import io.rekindle.evm.trie.TrieRoot;
import io.rekindle.evm.word.Hash;
import java.util.ArrayList;
import java.util.List;

/** What a header commits to of its block's lists: roots of tries keyed by the RLP of an index. */
public final class Roots {
  private Roots() {}

  public static Hash transactions(List<Transaction> transactions) {
    List<byte[]> values = new ArrayList<>(transactions.size());
    transactions.forEach(transaction -> values.add(transaction.encoded()));
    return TrieRoot.ofList(values);
  }

  public static Hash receipts(List<Receipt> receipts) {
    List<byte[]> values = new ArrayList<>(receipts.size());
    receipts.forEach(receipt -> values.add(receipt.encoded()));
    return TrieRoot.ofList(values);
  }

  /** EIP-4895. */
  public static Hash withdrawals(List<Withdrawal> withdrawals) {
    List<byte[]> values = new ArrayList<>(withdrawals.size());
    withdrawals.forEach(withdrawal -> values.add(withdrawal.encoded()));
    return TrieRoot.ofList(values);
  }

  /** Keccak-256 of the RLP of the list of ommers, which is no trie. */
  public static Hash ommers(List<Header> ommers) {
    RlpWriter writer = new RlpWriter(1024);
    BlockRlp.writeHeaders(ommers, writer);
    return Keccak256.hash(writer.array(), 0, writer.size());
  }
}
