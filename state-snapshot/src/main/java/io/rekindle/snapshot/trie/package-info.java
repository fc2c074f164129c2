/**
 * Secure Merkle Patricia tries of accounts and their storage (Yellow Paper, appendix D). Start at
 * {@link io.rekindle.snapshot.trie.StateTrie}: an immutable value; applying changes gives the next
 * one, which shares every untouched node with it. Knows nothing of files or of the wire.
 */
package io.rekindle.snapshot.trie;
