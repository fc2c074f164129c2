package io.rekindle.evm.chain;

import com.fasterxml.jackson.databind.JsonNode;
import io.rekindle.evm.word.Hash;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Blocks as execution clients' JSON-RPC writes them: the result of {@code eth_getBlockByNumber}
 * with whole transactions.
 */
public final class JsonBlocks {
  /**
   * A block and what its JSON says beside it.
   *
   * @param block without ommers, since JSON names them by their hashes only
   * @param hash that the JSON claims; see {@link Header#hash}
   * @param ommerHashes in their order; {@link #header} reads what {@code
   *     eth_getUncleByBlockHashAndIndex} gives for them
   */
  public record JsonBlock(Block block, Hash hash, List<Hash> ommerHashes) {
    /**
     * The block with its ommers.
     *
     * @throws IllegalArgumentException where their hashes are not {@link #ommerHashes}
     */
    public Block withOmmers(List<Header> ommers) {
      if (!ommers.stream().map(Header::hash).toList().equals(ommerHashes)) {
        throw new IllegalArgumentException(
            "block " + block.header().number() + ": these are not its ommers");
      }
      return new Block(block.header(), block.transactions(), ommers, block.withdrawals());
    }
  }

  private JsonBlocks() {}

  /**
   * @param json the block itself, or a JSON-RPC response around it
   * @throws JsonFormatException where a field is missing or is not what it should be
   */
  public static JsonBlock read(JsonNode json) {
    JsonFields document = JsonFields.of(json, "");
    JsonFields block = document.has("result") ? document.object("result") : document;
    Header header = header(block);
    List<Transaction> transactions = block.objects("transactions", JsonTransactions::read);
    List<Withdrawal> withdrawals =
        block.has("withdrawals") ? block.objects("withdrawals", JsonBlocks::withdrawal) : null;
    List<Hash> ommerHashes = block.has("uncles") ? block.hashes("uncles") : List.of();
    return new JsonBlock(
        new Block(header, transactions, List.of(), withdrawals), block.hash("hash"), ommerHashes);
  }

  /**
   * A header alone, such as an ommer's.
   *
   * @throws JsonFormatException where a field is missing or is not what it should be
   */
  public static Header header(JsonNode json) {
    JsonFields document = JsonFields.of(json, "");
    return header(document.has("result") ? document.object("result") : document);
  }

  private static Header header(JsonFields json) {
    return new Header(
        json.hash("parentHash"),
        json.hash("sha3Uncles"),
        json.address("miner"),
        json.hash("stateRoot"),
        json.hash("transactionsRoot"),
        json.hash("receiptsRoot"),
        json.bytes("logsBloom", LogsBloom.SIZE),
        json.uint256("difficulty"),
        json.uint64("number"),
        json.uint64("gasLimit"),
        json.uint64("gasUsed"),
        json.uint64("timestamp"),
        json.bytes("extraData"),
        json.hash("mixHash"),
        ByteBuffer.wrap(json.bytes("nonce", 8)).getLong(),
        json.has("baseFeePerGas") ? json.uint256("baseFeePerGas") : null,
        json.hash("withdrawalsRoot", null),
        json.has("blobGasUsed") ? json.uint64("blobGasUsed") : null,
        json.has("excessBlobGas") ? json.uint64("excessBlobGas") : null,
        json.hash("parentBeaconBlockRoot", null),
        json.hash("requestsHash", null),
        json.hash("blockAccessListHash", null),
        json.has("slotNumber") ? json.uint64("slotNumber") : null);
  }

  private static Withdrawal withdrawal(JsonFields json) {
    return new Withdrawal(
        json.uint64("index"),
        json.uint64("validatorIndex"),
        json.address("address"),
        json.uint64("amount"));
  }
}
