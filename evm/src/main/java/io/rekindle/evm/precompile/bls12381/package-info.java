/**
 * The precompiles of the curve BLS12-381: EIP-2537's seven and EIP-4844's point evaluation. The
 * curve's numbers, its endomorphisms and its pairing are in {@link
 * io.rekindle.evm.precompile.bls12381.Bls12381}; the maps from fields to groups in {@link
 * io.rekindle.evm.precompile.bls12381.MapToCurve}.
 */
package io.rekindle.evm.precompile.bls12381;
