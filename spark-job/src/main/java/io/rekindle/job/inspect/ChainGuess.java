package io.rekindle.job.inspect;

import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;

/**
 * Which chain blocks are of, as far as they tell: by the hash of block 0, or by the chain that
 * their transactions were signed for (EIP-155). Two chains can share a history, so that this is a
 * hint for people and decides nothing.
 *
 * @param name of a public chain, or null
 * @param chainIds that transactions were signed for
 * @param knownBy what told the name: {@code block 0}, {@code signatures}; or null
 */
public record ChainGuess(String name, List<UInt256> chainIds, String knownBy) {
  private static final Map<Hash, String> GENESIS =
      Map.of(
          Hash.ofHex("0xd4e56740f876aef8c010b86a40d5f56745a118d0906a34e69aec8c0db1cb8fa3"),
          "mainnet",
          Hash.ofHex("0x25a5cc106eea7138acab33231d7160d69cb777ee0c2c553fcddf5138993e6dd9"),
          "sepolia",
          Hash.ofHex("0xbbe312868b376a3001692a646dd2d7d1e4406380dfd86b98aa8a34d1561c971b"),
          "hoodi");

  private static final Map<UInt256, String> IDS =
      Map.of(
          UInt256.ONE, "mainnet", UInt256.of(11_155_111), "sepolia", UInt256.of(560_048), "hoodi");

  static ChainGuess of(Hash genesis, SortedSet<UInt256> chainIds) {
    List<UInt256> ids = new ArrayList<>(chainIds);
    if (genesis != null) {
      String name = GENESIS.get(genesis);
      return new ChainGuess(name, ids, name == null ? null : "block 0");
    }
    String name = ids.size() == 1 ? IDS.get(ids.get(0)) : null;
    return new ChainGuess(name, ids, name == null ? null : "signatures");
  }

  @Override
  public String toString() {
    String ids =
        switch (chainIds.size()) {
          case 0 -> "";
          case 1 -> "chain id " + chainIds.get(0).toBigInteger();
          default ->
              "signed for chain ids "
                  + chainIds.stream().map(id -> id.toBigInteger().toString()).toList();
        };
    if (name == null) {
      return ids.isEmpty() ? "not recognised: no transaction names it" : ids;
    }
    return name + ", by " + knownBy + (ids.isEmpty() ? "" : ", " + ids);
  }
}
