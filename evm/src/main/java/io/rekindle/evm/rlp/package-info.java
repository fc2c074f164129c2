/**
 * Recursive Length Prefix (Yellow Paper, appendix B): {@link io.rekindle.evm.rlp.RlpReader} accepts
 * canonical encodings only and reads in place; {@link io.rekindle.evm.rlp.RlpWriter} writes into
 * one growing buffer. Knows words, not blocks.
 */
package io.rekindle.evm.rlp;
