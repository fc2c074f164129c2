package io.rekindle.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.rekindle.evm.state.Account;
import io.rekindle.evm.state.Code;
import io.rekindle.evm.state.OverlayState;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.UInt256;
import java.util.HashMap;
import java.util.Map;

/** States written down account by account, as {@code pre} and {@code postState} of a test are. */
final class PreState {
  private PreState() {}

  /** A complete state: accounts that are not listed do not exist. */
  static OverlayState read(JsonNode accounts) {
    OverlayState state = new OverlayState(OverlayState.EMPTY);
    accounts
        .properties()
        .forEach(
            entry -> {
              Address address = Fields.parse("address", entry.getKey(), Address::ofHex);
              JsonNode account = entry.getValue();
              Code code = Code.of(Fields.bytes(account, "code"));
              state.put(
                  address,
                  new Account(
                      Fields.number(account, "nonce"),
                      Fields.quantity(account, "balance"),
                      code.hash()),
                  code,
                  storage(account));
            });
    return state;
  }

  private static Map<UInt256, UInt256> storage(JsonNode account) {
    Map<UInt256, UInt256> slots = new HashMap<>();
    Fields.node(account, "storage")
        .properties()
        .forEach(
            entry ->
                slots.put(
                    Fields.parse("storage", entry.getKey(), UInt256::ofHex),
                    Fields.parse("storage", entry.getValue().asText(), UInt256::ofHex)));
    return slots;
  }
}
