/**
 * The state as a unit sees it: {@link io.rekindle.evm.state.StateReader} below, {@link
 * io.rekindle.evm.state.Journal} while it runs, {@link io.rekindle.evm.state.ReadSet} and {@link
 * io.rekindle.evm.state.WriteSet} afterwards. Must not know transactions or blocks.
 */
package io.rekindle.evm.state;
