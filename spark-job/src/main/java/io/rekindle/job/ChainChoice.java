package io.rekindle.job;

import io.rekindle.evm.chain.Genesis;
import io.rekindle.evm.fork.ChainSpec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Which chain's rules hold, in a form that goes to executors: the name of a public chain, or the
 * text of a genesis file without its accounts.
 *
 * @param text {@code mainnet}, {@code sepolia}, {@code hoodi}, or JSON
 */
public record ChainChoice(String text) implements Serializable {
  /** The specification; made anew at each call. */
  public ChainSpec spec() {
    if (!text.startsWith("{")) {
      return ChainSpec.ofName(text);
    }
    try {
      return Genesis.read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8))).spec();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
