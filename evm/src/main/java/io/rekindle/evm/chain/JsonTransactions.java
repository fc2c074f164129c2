package io.rekindle.evm.chain;

import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import java.util.List;

/** Transactions as execution clients' JSON-RPC writes them. */
final class JsonTransactions {
  private static final int MAX_TYPE = 4;

  private JsonTransactions() {}

  static Transaction read(JsonFields json) {
    long type = json.uint64("type", 0);
    if (type < 0 || type > MAX_TYPE) {
      throw json.error("type", "no transaction type " + type + " is known");
    }
    boolean dynamicFee = type >= 2;
    UInt256 v = signatureParity(json, type);
    return new Transaction(
        (int) type,
        type == 0 ? TransactionRlp.chainIdOf(v) : json.uint256("chainId"),
        json.uint64("nonce"),
        dynamicFee ? null : json.uint256("gasPrice"),
        dynamicFee ? json.uint256("maxPriorityFeePerGas") : null,
        dynamicFee ? json.uint256("maxFeePerGas") : null,
        type == 3 ? json.uint256("maxFeePerBlobGas") : null,
        json.uint64("gas"),
        recipient(json, type),
        json.uint256("value"),
        json.bytes(json.firstOf("input", "data")),
        type == 0 ? List.of() : json.objects("accessList", JsonTransactions::accessListEntry),
        type == 3 ? json.hashes("blobVersionedHashes") : List.<Hash>of(),
        type == 4
            ? json.objects("authorizationList", JsonTransactions::authorization)
            : List.<Authorization>of(),
        v,
        json.uint256("r"),
        json.uint256("s"));
  }

  private static UInt256 signatureParity(JsonFields json, long type) {
    return json.uint256(type == 0 ? "v" : json.firstOf("yParity", "v"));
  }

  private static Address recipient(JsonFields json, long type) {
    if (json.has("to")) {
      return json.address("to");
    }
    if (type >= 3) {
      throw json.error("to", "missing, and a transaction of type " + type + " creates no contract");
    }
    return null;
  }

  private static AccessListEntry accessListEntry(JsonFields json) {
    return new AccessListEntry(
        json.address("address"), json.hashes("storageKeys").stream().map(UInt256::ofHash).toList());
  }

  private static Authorization authorization(JsonFields json) {
    return new Authorization(
        json.uint256("chainId"),
        json.address("address"),
        json.uint64("nonce"),
        json.uint256(json.firstOf("yParity", "v")),
        json.uint256("r"),
        json.uint256("s"));
  }
}
