package io.rekindle.snapshot.trie;

import io.rekindle.evm.state.Account;
import io.rekindle.evm.state.Code;
import io.rekindle.evm.state.MissingStateException;
import io.rekindle.evm.state.OverlayState;
import io.rekindle.evm.state.StateReader;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import io.rekindle.snapshot.StateSink;
import java.util.HashMap;
import java.util.Map;

/**
 * The state of a trie together with its code: reads straight from the trie, a microsecond or two
 * each. Immutable. Where the trie is partial, what it does not hold is a {@link
 * MissingStateException}, never a zero.
 */
public final class TrieState implements StateReader {
  private final StateTrie trie;
  private final Map<Hash, Code> codes;

  public TrieState(StateTrie trie, Map<Hash, Code> codes) {
    this.trie = trie;
    this.codes = Map.copyOf(codes);
  }

  private TrieState(Map<Hash, Code> ownedCodes, StateTrie trie) {
    this.trie = trie;
    this.codes = ownedCodes;
  }

  public StateTrie trie() {
    return trie;
  }

  /** The state after everything that changed in an overlay whose base was this state. */
  public TrieState apply(OverlayState overlay) {
    Map<Hash, Code> all = codes;
    if (!overlay.codes().isEmpty()) {
      all = new HashMap<>(codes);
      all.putAll(overlay.codes());
    }
    return new TrieState(all, trie.apply(overlay));
  }

  /**
   * Gives every account and slot that the trie holds, by their hashes, and all code. Of a partial
   * trie these are only what its nodes reach.
   */
  public void writeTo(StateSink sink) {
    trie.writeTo(sink);
    codes.values().forEach(sink::code);
  }

  @Override
  public Account account(Address address) {
    return trie.account(address);
  }

  @Override
  public UInt256 storage(Address address, UInt256 slot) {
    return trie.storage(address, slot);
  }

  @Override
  public boolean hasStorage(Address address) {
    return trie.hasStorage(address);
  }

  @Override
  public Code code(Hash codeHash) {
    Code code = codes.get(codeHash);
    if (code == null) {
      throw new MissingStateException("code " + codeHash);
    }
    return code;
  }
}
