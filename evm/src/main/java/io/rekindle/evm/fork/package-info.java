/**
 * What differs from fork to fork, as named fields of one immutable value: {@link
 * io.rekindle.evm.fork.Fork}.
 */
package io.rekindle.evm.fork;
