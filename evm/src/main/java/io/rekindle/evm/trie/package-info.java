/**
 * Roots of Merkle Patricia tries computed from scratch (Yellow Paper, appendix D): {@link
 * io.rekindle.evm.trie.TrieRoot} for sorted pairs, {@link io.rekindle.evm.trie.StateRoot} for a
 * whole state in memory. Nothing is kept between calls.
 */
package io.rekindle.evm.trie;
