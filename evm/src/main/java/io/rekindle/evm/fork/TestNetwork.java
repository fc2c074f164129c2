package io.rekindle.evm.fork;

import io.rekindle.evm.fork.ForkSchedule.Activation;
import io.rekindle.evm.fork.ForkSchedule.AtBlock;
import io.rekindle.evm.fork.ForkSchedule.AtTime;
import io.rekindle.evm.fork.ForkSchedule.AtTotalDifficulty;
import io.rekindle.evm.fork.ForkSchedule.Trigger;
import io.rekindle.evm.word.UInt256;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of networks in the official tests: a fork, or one fork that turns into another at a
 * block ({@code At5}), a time in seconds ({@code AtTime15k}) or a total difficulty in hexadecimal
 * ({@code AtDiffC0000}).
 */
final class TestNetwork {
  private static final Pattern TRANSITION =
      Pattern.compile(
          "(?<from>\\w+?)To(?<to>\\w+?)At(?<kind>Time|Diff|)(?<at>[0-9A-Fa-f]+)(?<k>k?)");

  private TestNetwork() {}

  static ForkSchedule schedule(String network) {
    if (Forks.isKnown(network)) {
      return ForkSchedule.always(Forks.byName(network));
    }
    Matcher transition = TRANSITION.matcher(network);
    if (!transition.matches()) {
      throw new IllegalArgumentException("no network " + network + " is known");
    }
    return ForkSchedule.of(
        List.of(
            new Activation(Forks.byName(transition.group("from")), new AtBlock(0)),
            new Activation(Forks.byName(transition.group("to")), trigger(transition))));
  }

  private static Trigger trigger(Matcher transition) {
    String at = transition.group("at");
    if (transition.group("kind").equals("Diff")) {
      return new AtTotalDifficulty(UInt256.ofHex(at), null);
    }
    long value = Long.parseLong(at) * (transition.group("k").isEmpty() ? 1 : 1_000);
    return transition.group("kind").equals("Time") ? new AtTime(value) : new AtBlock(value);
  }
}
