/**
 * Arithmetic of pairing-friendly curves, shared by alt_bn128 and BLS12-381: prime fields, the tower
 * of extensions up to Fp12, points of short Weierstrass curves, sums of multiples, and Miller's
 * loop. Start at {@link io.rekindle.evm.precompile.pairing.PrimeField} and {@link
 * io.rekindle.evm.precompile.pairing.Field}.
 *
 * <p>Elements are longs at an offset of an array, so that no operation allocates. All here works on
 * public data and in variable time. Objects with scratch space, which say so, are for one thread.
 */
package io.rekindle.evm.precompile.pairing;
