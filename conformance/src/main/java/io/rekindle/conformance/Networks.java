package io.rekindle.conformance;

import com.fasterxml.jackson.databind.JsonNode;
import io.rekindle.evm.fork.BlobSchedule;
import io.rekindle.evm.fork.ChainSpec;
import io.rekindle.evm.word.UInt256;
import java.util.HashMap;
import java.util.Map;

/**
 * The chain that a test runs on: its network's name, with what the test's {@code config} changes.
 */
final class Networks {
  private Networks() {}

  /**
   * @param config with {@code chainid} and {@code blobSchedule}, both optional; missing in older
   *     tests
   * @throws FixtureException where the network is not known
   */
  static ChainSpec of(String name, JsonNode config) {
    ChainSpec spec = Fields.parse("network", name, ChainSpec::ofNetwork);
    Map<String, BlobSchedule> schedules = new HashMap<>();
    config
        .path("blobSchedule")
        .properties()
        .forEach(entry -> schedules.put(entry.getKey(), schedule(entry.getValue())));
    UInt256 chainId = Fields.quantityOr(config, "chainid", spec.chainId());
    ChainSpec withId = chainId.equals(spec.chainId()) ? spec : spec.withChainId(chainId);
    return schedules.isEmpty() ? withId : withId.withBlobSchedules(schedules);
  }

  private static BlobSchedule schedule(JsonNode json) {
    return new BlobSchedule(
        Math.toIntExact(Fields.number(json, "target")),
        Math.toIntExact(Fields.number(json, "max")),
        Fields.number(json, "baseFeeUpdateFraction"));
  }
}
