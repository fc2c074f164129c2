package io.rekindle.conformance;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rekindle.evm.chain.Senders;
import io.rekindle.evm.chain.Transaction;
import io.rekindle.evm.trie.StateRoot;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.Hex;
import io.rekindle.evm.word.UInt256;
import java.util.List;

/**
 * A state test made by hand: a plain transfer of 5 wei at a gas price of 10 wei, whose outcome is
 * known without any EVM. The signature is any that has a sender; the state is made for that sender.
 */
final class StateTestDraft {
  static final String NAME = "transfer";

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Address RECIPIENT =
      Address.ofHex("0x00000000000000000000000000000000000000aa");
  private static final Address COINBASE =
      Address.ofHex("0x00000000000000000000000000000000000000cc");
  private static final long FUNDS = 1_000_000;
  private static final long GAS = 21_000;
  private static final long PRICE = 10;
  private static final long VALUE = 5;

  /** Keccak-256 of the RLP of an empty list. */
  private static final String NO_LOGS =
      "0x1dcc4de8dec75d7aab85b567b6ccd41ad312451b948a7413f0a142fd40d49347";

  final ObjectNode test = MAPPER.createObjectNode();
  final ObjectNode pre;
  final ObjectNode post = MAPPER.createObjectNode();
  private final Address sender;

  StateTestDraft() {
    Transaction transaction = transaction();
    sender = Senders.recover(transaction);
    test.putObject("env")
        .put("currentCoinbase", COINBASE.toString())
        .put("currentNumber", "0x01")
        .put("currentTimestamp", "0x03e8")
        .put("currentGasLimit", "0x989680")
        .put("currentDifficulty", "0x020000");
    pre = test.putObject("pre");
    account(pre, sender, 0, FUNDS);
    ObjectNode after = MAPPER.createObjectNode();
    account(after, sender, 1, FUNDS - GAS * PRICE - VALUE);
    account(after, RECIPIENT, 0, VALUE);
    account(after, COINBASE, 0, GAS * PRICE);
    post.put("hash", StateRoot.of(PreState.read(after)).toString())
        .put("logs", NO_LOGS)
        .put("txbytes", Hex.encode(transaction.encoded()));
    post.set("state", after);
    post.putObject("indexes").put("data", 0).put("gas", 0).put("value", 0);
    on("Istanbul");
  }

  /** Puts the expectation under a fork's name, and only there. */
  StateTestDraft on(String fork) {
    test.putObject("post").putArray(fork).add(post);
    return this;
  }

  /** The sender's nonce is already higher; nothing may change. */
  StateTestDraft withUsedNonce() {
    account(pre, sender, 7, FUNDS);
    Hash root = StateRoot.of(PreState.read(pre));
    post.put("hash", root.toString());
    post.remove("state");
    return this;
  }

  /** A file of this one test. */
  String json() {
    return MAPPER.createObjectNode().set(NAME, test).toString();
  }

  private static void account(ObjectNode state, Address address, long nonce, long balance) {
    state
        .putObject(address.toString())
        .put("nonce", UInt256.of(nonce).toString())
        .put("balance", "0x" + Long.toHexString(balance))
        .put("code", "0x")
        .putObject("storage");
  }

  private static Transaction transaction() {
    return new Transaction(
        0,
        null,
        0,
        UInt256.of(PRICE),
        null,
        null,
        null,
        GAS,
        RECIPIENT,
        UInt256.of(VALUE),
        new byte[0],
        List.of(),
        List.of(),
        List.of(),
        UInt256.of(27),
        UInt256.of(2),
        UInt256.of(3));
  }
}
