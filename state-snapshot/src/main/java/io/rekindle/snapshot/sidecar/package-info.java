/**
 * What a block's units did touch, kept for a later run: EIP-7928's block access list, made for
 * blocks of any fork, and an extension with what it cannot say. Start at {@link
 * io.rekindle.snapshot.sidecar.Sidecar}; {@link io.rekindle.snapshot.sidecar.SidecarBuilder} makes
 * one of outcomes, {@link io.rekindle.snapshot.sidecar.VersionedSnapshot} gives every unit of a
 * range its true state before it.
 */
package io.rekindle.snapshot.sidecar;
