package io.rekindle.partitioner.learn;

import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.UInt256;

/**
 * What an {@link Expression} can refer to in one call: who calls, on whose storage, with which
 * words.
 *
 * @param self the account whose storage the code works on
 * @param arguments the 32-byte words behind the selector; null where a word is not known
 */
record CallFrame(Address origin, Address caller, Address self, UInt256[] arguments) {
  static final int MAX_ARGUMENTS = 24;

  /** The argument words of an input. The last may be cut short and is then left out. */
  static UInt256[] argumentsOf(byte[] input) {
    UInt256[] arguments = new UInt256[wordsOf(input)];
    for (int word = 0; word < arguments.length; word++) {
      arguments[word] = UInt256.ofBytes32(input, 4 + 32 * word);
    }
    return arguments;
  }

  /** How many argument words of an input are looked at. */
  static int wordsOf(byte[] input) {
    return Math.min(MAX_ARGUMENTS, Math.max(0, (input.length - 4) / 32));
  }

  UInt256 argument(int index) {
    return index < arguments.length ? arguments[index] : null;
  }
}
