package io.rekindle.job;

import io.rekindle.evm.chain.Genesis;
import io.rekindle.evm.engine.Engines;
import io.rekindle.evm.engine.EvmEngine;
import io.rekindle.evm.fork.ChainSpec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Which chain's rules hold and which engine applies them, in a form that goes to executors.
 *
 * @param text name of a public chain, {@code mainnet}, {@code sepolia} or {@code hoodi}, or the
 *     JSON of a genesis file
 * @param engine by name
 */
public record ChainChoice(String text, String engine) implements Serializable {
  /** A new engine; they are not for more than one thread. */
  EvmEngine newEngine() {
    return Engines.named(engine).get();
  }

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
