package io.rekindle.job.generate;

import io.rekindle.evm.fork.Fork;
import io.rekindle.evm.fork.Forks;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * What a generated chain is to be like. The same settings give the same chain.
 *
 * @param blocks after the genesis
 * @param gas that a block uses on average; its limit is twice as much (EIP-1559)
 * @param accounts that send and receive
 * @param hotSpot exponent of the power law by which senders, receivers, tokens and pools are
 *     chosen; 0 chooses all alike
 * @param conflictRate share of the choices, 0 to 1, that fall on the most popular one whatever the
 *     power law says
 * @param fork whose rules hold from the genesis on: Paris to Osaka
 * @param mix weights of what is sent; what is absent is not sent
 */
public record GeneratorSettings(
    int blocks,
    long gas,
    int accounts,
    double hotSpot,
    double conflictRate,
    Fork fork,
    long seed,
    Map<Action, Integer> mix) {
  /** Room for a block's largest transaction, which must fit behind the average. */
  private static final long MIN_GAS = 2_000_000;

  /** Beyond it a block of plain payments would come near EIP-7934's bound on its bytes. */
  private static final long MAX_GAS = 500_000_000;

  /**
   * @throws IllegalArgumentException where a setting is out of its range
   */
  public GeneratorSettings {
    require(blocks > 0, "blocks: at least 1, not " + blocks);
    require(
        gas >= MIN_GAS && gas <= MAX_GAS, "gas: " + MIN_GAS + " to " + MAX_GAS + ", not " + gas);
    require(
        accounts >= World.TOKENS && accounts <= 1_000_000,
        "accounts: " + World.TOKENS + " to 1000000, not " + accounts);
    require(hotSpot >= 0 && hotSpot <= 10, "hot spot: 0 to 10, not " + hotSpot);
    require(conflictRate >= 0 && conflictRate <= 1, "conflict rate: 0 to 1, not " + conflictRate);
    boolean supported =
        fork == Fork.PARIS
            || fork == Fork.SHANGHAI
            || fork == Fork.CANCUN
            || fork == Fork.PRAGUE
            || fork == Fork.OSAKA;
    require(supported, "fork: Paris, Shanghai, Cancun, Prague or Osaka, not " + fork);
    mix = new EnumMap<>(mix);
    require(
        mix.values().stream().mapToInt(Integer::intValue).sum() > 0, "mix: nothing has a weight");
    mix.forEach(
        (action, weight) -> {
          require(weight >= 0, "mix: " + action.label() + " has a weight below 0");
          require(
              weight == 0 || fork.isAtLeast(action.since()),
              "mix: " + action.label() + " needs " + action.since() + ", not " + fork);
        });
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }

  /**
   * A fork by its name.
   *
   * @throws IllegalArgumentException where there is none
   */
  public static Fork forkNamed(String name) {
    return Forks.byName(name);
  }

  /** Everything that the fork allows, by the usual weights. */
  public static Map<Action, Integer> usualMix(Fork fork) {
    Map<Action, Integer> mix = new EnumMap<>(Action.class);
    for (Action action : Action.values()) {
      if (fork.isAtLeast(action.since())) {
        mix.put(action, action.usualWeight());
      }
    }
    return mix;
  }

  /**
   * Reads a mix such as {@code payment=30,token=50,swap=20}.
   *
   * @throws IllegalArgumentException where it is not of that form
   */
  public static Map<Action, Integer> parseMix(String text) {
    Map<Action, Integer> mix = new EnumMap<>(Action.class);
    for (String part : text.split(",", -1)) {
      String[] sides = part.strip().split("=", -1);
      require(
          sides.length == 2 && sides[1].matches("[0-9]{1,6}"),
          "mix: " + part + " is not of the form name=weight");
      Action action;
      try {
        action = Action.valueOf(sides[0].strip().toUpperCase(Locale.ROOT));
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "mix: there is no " + sides[0] + ", only " + Action.labels(), e);
      }
      mix.put(action, Integer.parseInt(sides[1]));
    }
    return mix;
  }
}
