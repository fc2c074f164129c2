/**
 * The precompiles of the curve alt_bn128 (EIP-196, EIP-197, EIP-1108). Start at {@link
 * io.rekindle.evm.precompile.bn254.Bn254Pairing}; the curve's numbers and its pairing are in {@link
 * io.rekindle.evm.precompile.bn254.Bn254}.
 */
package io.rekindle.evm.precompile.bn254;
