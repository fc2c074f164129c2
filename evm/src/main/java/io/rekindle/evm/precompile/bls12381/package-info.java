/**
 * The precompiles of the curve BLS12-381: EIP-2537's seven and EIP-4844's point evaluation. Their
 * arithmetic is a {@link io.rekindle.evm.precompile.bls12381.BlsEngine}'s: the library blst's, or
 * our own where that does not load. Of our own, the curve's numbers, its endomorphisms and its
 * pairing are in {@link io.rekindle.evm.precompile.bls12381.Bls12381}; the maps from fields to
 * groups, which blst's binding lacks, in {@link io.rekindle.evm.precompile.bls12381.MapToCurve}.
 */
package io.rekindle.evm.precompile.bls12381;
