package io.rekindle.job.generate;

import io.rekindle.evm.fork.Fork;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** What the accounts of a generated chain do. {@code workloads/README.md} says what conflicts. */
@SuppressWarnings("ImmutableEnumChecker") // A Fork is immutable, all the way down.
public enum Action {
  PAYMENT(Fork.PARIS, 200),
  TOKEN(Fork.PARIS, 200),
  SWAP(Fork.PARIS, 140),
  ROUTE(Fork.PARIS, 40),
  MINT(Fork.PARIS, 40),
  GIVE(Fork.PARIS, 30),
  OFFER(Fork.PARIS, 20),
  SALE(Fork.PARIS, 25),
  GIFT(Fork.PARIS, 8),
  CREATE(Fork.PARIS, 10),
  WASTE(Fork.PARIS, 6),
  LEND(Fork.CANCUN, 25),
  LIQUIDATE(Fork.CANCUN, 12),
  SAVE(Fork.CANCUN, 12),
  STAKE(Fork.CANCUN, 25),
  GAME(Fork.CANCUN, 45),
  GOVERN(Fork.CANCUN, 20),
  GOODS(Fork.CANCUN, 60),
  CLAIM(Fork.CANCUN, 20),
  BUNDLE(Fork.CANCUN, 10),
  BLOB(Fork.CANCUN, 6),
  PROVE(Fork.CANCUN, 3),
  SETCODE(Fork.PRAGUE, 10),
  BATCH(Fork.PRAGUE, 20),
  DEPOSIT(Fork.PRAGUE, 2),
  REQUEST(Fork.PRAGUE, 2),
  PASSKEY(Fork.OSAKA, 15);

  private final Fork since;
  private final int usualWeight;

  Action(Fork since, int usualWeight) {
    this.since = since;
    this.usualWeight = usualWeight;
  }

  Fork since() {
    return since;
  }

  int usualWeight() {
    return usualWeight;
  }

  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static String labels() {
    return Arrays.stream(values()).map(Action::label).collect(Collectors.joining(", "));
  }
}
