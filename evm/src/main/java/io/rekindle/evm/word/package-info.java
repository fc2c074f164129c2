/**
 * Fixed-size values of Ethereum: 256-bit words, addresses, hashes. Start with {@link
 * io.rekindle.evm.word.UInt256}. Depends on nothing.
 */
package io.rekindle.evm.word;
