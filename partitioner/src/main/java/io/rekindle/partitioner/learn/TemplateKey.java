package io.rekindle.partitioner.learn;

/**
 * What a template is learned for: a call of a kind, and the number of words in its input, since
 * what a call does with a list follows from the list's length. {@link #ANY} stands for all lengths
 * together: for those that are seldom seen, and for calls whose input is not known.
 */
record TemplateKey(CallKey call, int words) {
  static final int ANY = -1;
}
