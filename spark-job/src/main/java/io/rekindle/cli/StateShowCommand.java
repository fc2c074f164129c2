package io.rekindle.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.rekindle.evm.state.Account;
import io.rekindle.evm.state.Code;
import io.rekindle.evm.state.MissingStateException;
import io.rekindle.evm.state.StateReader;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.UInt256;
import io.rekindle.snapshot.store.StateStore;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rekindle state show}. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Shows a store, an account in it, or the value of a slot.",
      "Exit code 1 where a partial state does not say."
    })
final class StateShowCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Parameters(index = "0", paramLabel = "STORE", description = "The store, or STORE@BLOCK.")
  private String store;

  @Parameters(index = "1", arity = "0..1", paramLabel = "ADDRESS", description = "20 bytes.")
  private String address;

  @Parameters(
      index = "2",
      arity = "0..1",
      paramLabel = "SLOT",
      description = "Hexadecimal; leading zeros may be left out.")
  private String slot;

  @Option(names = "--json", description = "One JSON object on standard output.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    try (StateStore opened = StoreArgument.open(store)) {
      Map<String, Object> fields = StoreArgument.fields(opened);
      try {
        if (slot != null) {
          slot(opened, fields);
        } else if (address != null) {
          account(opened, fields);
        }
      } catch (MissingStateException e) {
        command
            .commandLine()
            .getErr()
            .println(
                "rekindle state show: "
                    + store
                    + " is partial and does not hold "
                    + e.getMessage());
        return Rekindle.CHECK_FAILED;
      }
      print(opened, fields);
    }
    return Rekindle.OK;
  }

  private void print(StateStore opened, Map<String, Object> fields) throws IOException {
    if (json) {
      command.commandLine().getOut().println(new ObjectMapper().writeValueAsString(fields));
      return;
    }
    command.commandLine().getOut().println(StoreArgument.line(opened));
    fields.keySet().removeAll(StoreArgument.fields(opened).keySet());
    fields.forEach(
        (name, value) ->
            command.commandLine().getOut().printf("%-12s %s%n", name.replace('_', ' '), value));
  }

  private void account(StateStore opened, Map<String, Object> fields) throws IOException {
    Address key = address();
    StateReader reader = opened.reader();
    Account account = reader.account(key);
    fields.put("address", key.toString());
    fields.put("exists", account != null);
    warnIfUnlisted(opened);
    if (account == null) {
      return;
    }
    fields.put("balance", account.balance().toBigInteger());
    fields.put("nonce", Long.toUnsignedString(account.nonce()));
    fields.put("code_hash", account.codeHash().toString());
    if (!account.codeHash().equals(Code.EMPTY_HASH)) {
      fields.put("code_bytes", codeBytes(reader, account));
    }
    fields.put("slots", opened.slotCount(key));
  }

  private static Object codeBytes(StateReader reader, Account account) {
    try {
      return reader.code(account.codeHash()).size();
    } catch (MissingStateException e) {
      return "not in the store";
    }
  }

  private void slot(StateStore opened, Map<String, Object> fields) {
    Address key = address();
    UInt256 word;
    try {
      word = UInt256.ofHex(slot);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("SLOT: up to 32 bytes in hexadecimal, not " + slot, e);
    }
    UInt256 value = opened.reader().storage(key, word);
    fields.put("address", key.toString());
    fields.put("slot", word.toHex());
    fields.put("value", value.toHex());
    warnIfUnlisted(opened);
  }

  private void warnIfUnlisted(StateStore opened) {
    for (String name : opened.unlistedReads().names()) {
      command
          .commandLine()
          .getErr()
          .println("rekindle state show: not listed, taken as absent: " + name);
    }
  }

  private Address address() {
    try {
      return Address.ofHex(address);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("ADDRESS: 20 bytes in hexadecimal, not " + address, e);
    }
  }
}
