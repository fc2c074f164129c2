package io.rekindle.job;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rekindle.evm.chain.Genesis;
import io.rekindle.evm.chain.Senders;
import io.rekindle.evm.engine.Engines;
import io.rekindle.evm.engine.EvmEngine;
import io.rekindle.evm.fork.ChainSpec;
import io.rekindle.evm.process.UnitExecutor;
import io.rekindle.evm.process.UnitExecutor.Recording;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Which chain's rules hold, which engine applies them and whether it tells the frames of calls, in
 * a form that goes to executors.
 *
 * @param text name of a public chain, {@code mainnet}, {@code sepolia} or {@code hoodi}, or the
 *     JSON of a genesis file, without its accounts
 * @param engine by name
 * @param traced whether outcomes have the frames of their calls
 */
public record ChainChoice(String text, String engine, boolean traced) implements Serializable {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Without frames. */
  public ChainChoice(String text, String engine) {
    this(text, engine, false);
  }

  /** The same with frames. */
  ChainChoice withTraces() {
    return new ChainChoice(text, engine, true);
  }

  /**
   * The chain of a genesis file that has been read as one. Its accounts stay behind: they are the
   * most of it by far, and no rule of the chain.
   */
  static ChainChoice ofGenesis(Path file, String engine) throws IOException {
    ObjectNode json = (ObjectNode) MAPPER.readTree(Files.readAllBytes(file));
    json.putObject("alloc");
    return new ChainChoice(json.toString(), engine);
  }

  /** A new engine; they are not for more than one thread. */
  EvmEngine newEngine() {
    return Engines.named(engine).get();
  }

  /** A new executor of units, for one thread. */
  UnitExecutor newExecutor() {
    return new UnitExecutor(
        newEngine(),
        Senders::authority,
        traced ? Recording.READS_WRITES_AND_FRAMES : Recording.READS_AND_WRITES);
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
