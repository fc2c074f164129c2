package io.rekindle.partitioner.learn;

import io.rekindle.evm.word.Hash;

/**
 * What a template or a cost is learned for.
 *
 * @param codeHash of the code that runs; {@link Hash#ZERO} where there is none
 * @param selector the first four bytes of the input, or {@link #NO_SELECTOR} where there are fewer
 */
public record CallKey(Hash codeHash, long selector) {
  public static final long NO_SELECTOR = -1;

  /** The selector of a call with this input. */
  public static long selectorOf(byte[] input) {
    if (input.length < 4) {
      return NO_SELECTOR;
    }
    return (input[0] & 0xffL) << 24
        | (input[1] & 0xff) << 16
        | (input[2] & 0xff) << 8
        | (input[3] & 0xff);
  }
}
