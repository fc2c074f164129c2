/**
 * Readers of public forms of state: genesis files, prestate dumps, geth's state dumps and execution
 * witnesses. Each feeds a {@link io.rekindle.snapshot.StateSink}, or gives a partial trie where the
 * form is one. Bad input ends in a {@link io.rekindle.snapshot.importer.StateInputException} that
 * names file, place and field.
 */
package io.rekindle.snapshot.importer;
