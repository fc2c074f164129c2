package io.rekindle.evm.chain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.rekindle.evm.fork.ChainSpec;
import io.rekindle.evm.fork.Fork;
import io.rekindle.evm.state.Account;
import io.rekindle.evm.state.Code;
import io.rekindle.evm.state.OverlayState;
import io.rekindle.evm.trie.StateRoot;
import io.rekindle.evm.trie.TrieRoot;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The start of a chain, from a genesis file of geth's or Besu's style: its rules, its first header
 * and its first accounts.
 */
public record Genesis(ChainSpec spec, Header header, List<GenesisAccount> accounts) {
  private static final ObjectMapper MAPPER = JsonMapper.builder().build();
  private static final UInt256 INITIAL_BASE_FEE = UInt256.of(1_000_000_000);

  /** Keccak-256 of the RLP of an empty list: no ommers, and no block access list. */
  private static final Hash EMPTY_LIST = Roots.ommers(List.of());

  /**
   * An account of the first state.
   *
   * @param storage slots that are not zero
   */
  public record GenesisAccount(
      Address address, Account account, Code code, Map<UInt256, UInt256> storage) {}

  /**
   * @throws JsonFormatException where the file is not JSON, or a field is missing or wrong
   */
  public static Genesis read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return read(in);
    }
  }

  /**
   * @throws JsonFormatException where this is not JSON, or a field is missing or wrong
   */
  public static Genesis read(InputStream in) throws IOException {
    try {
      return read(MAPPER.readTree(in));
    } catch (JsonProcessingException e) {
      throw new JsonFormatException("document", "no JSON: " + e.getOriginalMessage());
    }
  }

  /**
   * @throws JsonFormatException where a field is missing or wrong
   */
  public static Genesis read(JsonNode json) {
    JsonFields document = JsonFields.of(json, "");
    ChainSpec spec = GenesisConfig.read(document.object("config"), document.uint256("difficulty"));
    List<GenesisAccount> accounts = accounts(document.object("alloc"));
    Hash stateRoot = StateRoot.of(state(accounts));
    return new Genesis(spec, header(document, spec, stateRoot), accounts);
  }

  /** The first state, complete. */
  public OverlayState state() {
    return state(accounts);
  }

  private static OverlayState state(List<GenesisAccount> accounts) {
    OverlayState state = new OverlayState(OverlayState.EMPTY);
    accounts.forEach(a -> state.put(a.address(), a.account(), a.code(), a.storage()));
    return state;
  }

  private static List<GenesisAccount> accounts(JsonFields alloc) {
    List<GenesisAccount> accounts = new ArrayList<>();
    alloc.node().fieldNames().forEachRemaining(name -> accounts.add(account(alloc, name)));
    return List.copyOf(accounts);
  }

  private static GenesisAccount account(JsonFields alloc, String name) {
    Address address;
    try {
      address = Address.ofHex(name);
    } catch (IllegalArgumentException e) {
      throw alloc.error(name, "no address: " + e.getMessage());
    }
    JsonFields json = alloc.object(name);
    Code code = json.has("code") ? Code.of(json.bytes("code")) : Code.EMPTY;
    UInt256 balance = json.has("balance") ? json.uint256("balance") : UInt256.ZERO;
    Account account = new Account(json.uint64("nonce", 0), balance, code.hash());
    return new GenesisAccount(address, account, code, storage(json));
  }

  private static Map<UInt256, UInt256> storage(JsonFields account) {
    if (!account.has("storage")) {
      return Map.of();
    }
    JsonFields storage = account.object("storage");
    Map<UInt256, UInt256> slots = new LinkedHashMap<>();
    storage
        .node()
        .fieldNames()
        .forEachRemaining(name -> slots.put(word(storage, name, name), value(storage, name)));
    slots.values().removeIf(UInt256::isZero);
    return slots;
  }

  private static UInt256 value(JsonFields storage, String name) {
    return word(storage, name, storage.node().get(name).asText());
  }

  /** A slot or its value: hexadecimal, with or without 0x, and with or without leading zeros. */
  private static UInt256 word(JsonFields storage, String name, String hex) {
    try {
      return UInt256.ofHex(hex);
    } catch (IllegalArgumentException e) {
      throw storage.error(name, "no 256-bit word: " + e.getMessage());
    }
  }

  private static Header header(JsonFields json, ChainSpec spec, Hash stateRoot) {
    long number = json.uint64("number", 0);
    long timestamp = json.uint64("timestamp", 0);
    UInt256 difficulty = json.uint256("difficulty");
    Fork fork = spec.schedule().forkOfHeader(number, timestamp, difficulty);
    boolean cancun = fork.isAtLeast(Fork.CANCUN);
    return new Header(
        json.hash("parentHash", Hash.ZERO),
        EMPTY_LIST,
        json.has("coinbase") ? json.address("coinbase") : Address.ZERO,
        stateRoot,
        TrieRoot.EMPTY,
        TrieRoot.EMPTY,
        new byte[LogsBloom.SIZE],
        difficulty,
        number,
        json.uint64("gasLimit"),
        json.uint64("gasUsed", 0),
        timestamp,
        json.has("extraData") ? json.bytes("extraData") : new byte[0],
        json.hash(json.firstOf("mixHash", "mixhash"), Hash.ZERO),
        json.uint64("nonce", 0),
        fork.baseFee() ? baseFee(json) : null,
        fork.withdrawals() ? TrieRoot.EMPTY : null,
        cancun ? (Long) json.uint64("blobGasUsed", 0) : null,
        cancun ? (Long) json.uint64("excessBlobGas", 0) : null,
        cancun ? json.hash("parentBeaconBlockRoot", Hash.ZERO) : null,
        fork.requests() ? Requests.hash(List.of()) : null,
        fork.blockAccessLists() ? EMPTY_LIST : null,
        fork.blockAccessLists() ? (Long) json.uint64("slotNumber", 0) : null);
  }

  private static UInt256 baseFee(JsonFields json) {
    return json.has("baseFeePerGas") ? json.uint256("baseFeePerGas") : INITIAL_BASE_FEE;
  }
}
