/**
 * The contracts that the protocol provides, by fork: {@link
 * io.rekindle.evm.precompile.Precompiles}. Pure functions of their input.
 */
package io.rekindle.evm.precompile;
