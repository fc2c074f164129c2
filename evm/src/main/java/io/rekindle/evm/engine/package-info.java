/**
 * The seam for interpreters: {@link io.rekindle.evm.engine.EvmEngine} runs a {@link
 * io.rekindle.evm.engine.Message} over a journal. Knows neither transactions nor blocks beyond
 * their contexts.
 */
package io.rekindle.evm.engine;
