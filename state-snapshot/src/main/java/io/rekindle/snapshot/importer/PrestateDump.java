package io.rekindle.snapshot.importer;

import com.fasterxml.jackson.databind.JsonNode;
import io.rekindle.evm.state.Account;
import io.rekindle.evm.state.Code;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.UInt256;
import io.rekindle.snapshot.StateSink;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A state dump in the shape of geth's {@code prestateTracer}: address to balance, nonce, code and
 * storage, of the accounts that a block or a transaction reads. Accounts that did not exist are
 * left out. A value of null says so expressly.
 */
public final class PrestateDump {
  private static final String FILE_NAME = "prestate.json";

  /** What is known of one account; the earliest dump that names it, or one of its slots, counts. */
  private static final class Entry {
    private Account account;
    private Code code;
    private final Map<UInt256, UInt256> slots = new TreeMap<>();
  }

  private final Map<Address, Entry> entries = new TreeMap<>();

  private PrestateDump() {}

  /** One dump: a file, packed or not. */
  public static PrestateDump read(Path file) throws IOException {
    PrestateDump dump = new PrestateDump();
    dump.add(file);
    return dump;
  }

  /**
   * One dump, unpacked.
   *
   * @param name for messages
   */
  public static PrestateDump read(InputStream in, String name) throws IOException {
    PrestateDump dump = new PrestateDump();
    dump.add(StateJson.tree(in, name), name);
    return dump;
  }

  /** Several dumps, the oldest first, as {@link #readFolder} takes them. */
  public static PrestateDump readAll(List<Path> files) throws IOException {
    PrestateDump dump = new PrestateDump();
    for (Path file : files) {
      dump.add(file);
    }
    return dump;
  }

  /**
   * The block after which the state is, by the number in the name of the first dump or its folder;
   * null where none has a number.
   */
  public static Long blockBefore(Path input) throws IOException {
    Path first = Files.isDirectory(input) ? files(input).stream().findFirst().orElse(input) : input;
    Path absolute = first.toAbsolutePath().normalize();
    for (Path part : List.of(absolute, absolute.getParent())) {
      Path name = part.getFileName();
      String number = name == null ? "" : name.toString().replaceFirst("\\.json(\\.gz)?$", "");
      if (number.matches("[0-9]{1,18}")) {
        return Long.parseLong(number) - 1;
      }
    }
    return null;
  }

  /**
   * The dumps of blocks that follow each other, as the state before the first of them: each account
   * or slot has the value of the earliest dump that lists it. Since a dump leaves out accounts that
   * did not exist, an account that an earlier dump leaves out and a later one lists may have been
   * created in between: pass dumps of consecutive blocks only where they were taken at one state.
   *
   * @param folder holds dumps, or a folder a block named by its number with a dump in each
   */
  public static PrestateDump readFolder(Path folder) throws IOException {
    PrestateDump dump = new PrestateDump();
    List<Path> files = files(folder);
    if (files.isEmpty()) {
      throw new StateInputException(folder.toString(), "there is no prestate dump in the folder");
    }
    for (Path file : files) {
      dump.add(file);
    }
    return dump;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder, 2)) {
      return all.filter(PrestateDump::isDump)
          .sorted((a, b) -> compareNumbers(a.toString(), b.toString()))
          .toList();
    }
  }

  private static boolean isDump(Path file) {
    String name = file.getFileName().toString();
    return Files.isRegularFile(file)
        && (name.startsWith(FILE_NAME) || name.matches("[0-9]+\\.json(\\.gz)?"));
  }

  /** Shorter paths first, so that block numbers are in their order. */
  private static int compareNumbers(String a, String b) {
    return a.length() == b.length() ? a.compareTo(b) : Integer.compare(a.length(), b.length());
  }

  private void add(Path file) throws IOException {
    add(StateJson.tree(file), file.toString());
  }

  private void add(JsonNode tree, String name) throws IOException {
    Set<Address> seen = new HashSet<>();
    for (Map.Entry<String, JsonNode> field : tree.properties()) {
      String where = name + ": account " + field.getKey();
      Address address = StateJson.address(field.getKey(), where);
      if (!seen.add(address)) {
        throw new StateInputException(where, "listed twice");
      }
      Entry known = entries.get(address);
      if (known == null) {
        known = new Entry();
        entries.put(address, known);
        readAccount(known, field.getValue(), where);
      }
      readSlots(known, field.getValue(), where);
    }
  }

  private static void readAccount(Entry entry, JsonNode fields, String where) throws IOException {
    if (fields.isNull()) {
      return;
    }
    if (!fields.isObject()) {
      throw new StateInputException(where, "no JSON object");
    }
    entry.code = StateJson.code(fields.get("code"), where + ": code");
    JsonNode codeHash = fields.get("codeHash");
    if (codeHash != null
        && !StateJson.hash(codeHash, where + ": codeHash").equals(entry.code.hash())) {
      throw new StateInputException(
          where + ": code", "does not have the hash " + codeHash.asText());
    }
    entry.account =
        new Account(
            StateJson.nonce(fields.get("nonce"), where + ": nonce"),
            StateJson.quantity(fields.get("balance"), where + ": balance"),
            entry.code.hash());
  }

  private static void readSlots(Entry entry, JsonNode fields, String where) throws IOException {
    JsonNode storage = fields.get("storage");
    if (storage == null || storage.isNull()) {
      return;
    }
    for (Map.Entry<String, JsonNode> slot : storage.properties()) {
      String slotWhere = where + ": slot " + slot.getKey();
      entry.slots.putIfAbsent(
          StateJson.word(slot.getKey(), slotWhere),
          StateJson.word(slot.getValue().asText(), slotWhere));
    }
  }

  /** Accounts listed as existing. */
  public int accountCount() {
    return (int) entries.values().stream().filter(entry -> entry.account != null).count();
  }

  /** Accounts that are listed as not existing. */
  public List<Address> absentAccounts() {
    return entries.entrySet().stream()
        .filter(entry -> entry.getValue().account == null)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Gives the accounts that exist, with slots of value zero too, where they are listed. */
  public void writeTo(StateSink sink) {
    entries.forEach(
        (address, entry) -> {
          if (entry.account != null) {
            sink.account(address, entry.account);
            entry.slots.forEach(sink::slot);
            sink.code(entry.code);
          }
        });
  }
}
