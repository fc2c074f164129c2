package io.rekindle.snapshot.trie;

import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.UInt256;
import java.util.List;
import java.util.Map;

/**
 * The trie nodes that prove what an account and some of its slots are, or that they are not there,
 * as {@code eth_getProof} gives them (EIP-1186): encoded, the root's first, those that lie within
 * their parent left out.
 *
 * @param account nodes on the way to the account
 * @param slots nodes on the way to each slot; empty lists where the account has no storage
 */
public record StateProof(Address address, List<byte[]> account, Map<UInt256, List<byte[]>> slots) {}
