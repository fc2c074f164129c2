/**
 * A state in sorted, immutable files on any Hadoop file system; the only package that knows Hadoop.
 * Start at {@link io.rekindle.snapshot.store.StateStore}. Files are keyed by the Keccak-256 of
 * addresses and slots, since some public dumps have nothing else, with the preimages beside them
 * where they are known.
 *
 * <p>A store is a folder with one manifest a version and one folder a layer: a complete base and
 * the deltas since. Layers are written under names of their own and become visible with the
 * manifest that lists them, which is put in place in one atomic step; whatever is killed before
 * leaves the version before as it was.
 */
package io.rekindle.snapshot.store;
