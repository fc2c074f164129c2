package io.rekindle.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rekindle.evm.state.Account;
import io.rekindle.snapshot.store.StateStore;
import io.rekindle.snapshot.store.StoreDiff;
import io.rekindle.snapshot.store.StoreDiff.AccountDifference;
import io.rekindle.snapshot.store.StoreDiff.SlotDifference;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rekindle state diff}. */
@Command(
    name = "diff",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Lists the accounts and slots in which two stores, or two heights of one, differ.",
      "Exit code 1 where they do."
    })
final class StateDiffCommand implements Callable<Integer> {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  @Spec private CommandSpec command;

  @Parameters(index = "0", paramLabel = "BEFORE", description = "A store, or STORE@BLOCK.")
  private String before;

  @Parameters(index = "1", paramLabel = "AFTER", description = "Another, likewise.")
  private String after;

  @Option(names = "--json", description = "A JSON object a line for each account that differs.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = command.commandLine().getOut();
    try (StateStore one = StoreArgument.open(before);
        StateStore other = StoreArgument.open(after)) {
      long count = StoreDiff.run(one, other, json ? this::printJson : this::print);
      if (!json) {
        out.println(count == 0 ? "the states are equal" : count + " accounts differ");
      }
      return count == 0 ? Rekindle.OK : Rekindle.CHECK_FAILED;
    }
  }

  private void print(AccountDifference difference) {
    List<String> parts = new ArrayList<>();
    Account one = difference.before();
    Account other = difference.after();
    if (one == null || other == null) {
      Account there = one == null ? other : one;
      parts.add(one == null ? "created" : "removed");
      parts.add("balance " + there.balance().toBigInteger());
      parts.add("nonce " + Long.toUnsignedString(there.nonce()));
      parts.add("code " + there.codeHash());
    } else {
      change(parts, "balance", one.balance().toBigInteger(), other.balance().toBigInteger());
      change(parts, "nonce", one.nonce(), other.nonce());
      change(parts, "code", one.codeHash(), other.codeHash());
    }
    PrintWriter out = command.commandLine().getOut();
    String fields = parts.isEmpty() ? "storage alone" : String.join(", ", parts);
    out.println(name(difference) + ": " + fields);
    for (SlotDifference slot : difference.slots()) {
      out.println(
          "  slot "
              + (slot.slot() == null ? "with hash " + slot.key() : slot.slot().toHex())
              + ": "
              + slot.before().toHex()
              + " -> "
              + slot.after().toHex());
    }
  }

  private static String name(AccountDifference difference) {
    return difference.address() == null
        ? "account with hash " + difference.key()
        : "account " + difference.address();
  }

  private static void change(List<String> parts, String field, Object one, Object other) {
    if (!one.equals(other)) {
      parts.add(field + " " + one + " -> " + other);
    }
  }

  private void printJson(AccountDifference difference) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("address_hash", difference.key().toString());
    fields.put("address", difference.address() == null ? null : difference.address().toString());
    fields.put("before", account(difference.before()));
    fields.put("after", account(difference.after()));
    List<Map<String, Object>> slots = new ArrayList<>();
    for (SlotDifference slot : difference.slots()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("slot_hash", slot.key().toString());
      one.put("slot", slot.slot() == null ? null : slot.slot().toHex());
      one.put("from_value", slot.before().toHex());
      one.put("to_value", slot.after().toHex());
      slots.add(one);
    }
    fields.put("slots", slots);
    try {
      command.commandLine().getOut().println(MAPPER.writeValueAsString(fields));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("fields that are no JSON", e);
    }
  }

  private static Map<String, Object> account(Account account) {
    if (account == null) {
      return null;
    }
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("balance", account.balance().toBigInteger());
    fields.put("nonce", account.nonce());
    fields.put("code_hash", account.codeHash().toString());
    return fields;
  }
}
