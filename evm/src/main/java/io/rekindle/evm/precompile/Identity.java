package io.rekindle.evm.precompile;

/** 0x04: the input itself (Yellow Paper, appendix E). */
final class Identity implements Precompile {
  private static final WordPrice PRICE = new WordPrice(15, 3);

  @Override
  public long gas(byte[] input) {
    return PRICE.of(input);
  }

  @Override
  public byte[] run(byte[] input) {
    return input.clone();
  }
}
