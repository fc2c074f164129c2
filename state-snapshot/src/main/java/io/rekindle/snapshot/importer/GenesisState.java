package io.rekindle.snapshot.importer;

import io.rekindle.evm.chain.Genesis;
import io.rekindle.evm.chain.Genesis.GenesisAccount;
import io.rekindle.evm.chain.JsonFormatException;
import io.rekindle.snapshot.StateSink;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** The first state of a chain, out of its genesis file. */
public final class GenesisState {
  private GenesisState() {}

  /** Reads a genesis file of geth's or Besu's style. */
  public static Genesis read(Path file) throws IOException {
    try (InputStream in = StateJson.open(file)) {
      return Genesis.read(in);
    } catch (JsonFormatException e) {
      throw new StateInputException(file.toString(), e);
    }
  }

  /** Gives all accounts to the sink. */
  public static void writeTo(Genesis genesis, StateSink sink) {
    for (GenesisAccount account : genesis.accounts()) {
      sink.account(account.address(), account.account());
      account.storage().forEach(sink::slot);
      sink.code(account.code());
    }
  }
}
