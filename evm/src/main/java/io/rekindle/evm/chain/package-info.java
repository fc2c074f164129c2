/** Blocks, transactions and receipts as values, their encodings, and chain specifications. */
package io.rekindle.evm.chain;
