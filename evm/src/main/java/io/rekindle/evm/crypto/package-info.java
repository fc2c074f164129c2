/** Hashes and signatures that the protocol is built on. */
package io.rekindle.evm.crypto;
