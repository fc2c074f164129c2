package io.rekindle.evm.fork;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The forks by the names that chains and test suites call them. */
public final class Forks {
  /** Blob parameters of mainnet's first such fork (EIP-7892). */
  public static final Fork BPO1 =
      Fork.OSAKA.withBlobSchedule("BPO1", new BlobSchedule(10, 15, 8_346_193));

  public static final Fork BPO2 =
      Fork.OSAKA.withBlobSchedule("BPO2", new BlobSchedule(14, 21, 11_684_671));

  /** Only test suites have it so far. */
  public static final Fork BPO3 =
      Fork.OSAKA.withBlobSchedule("BPO3", new BlobSchedule(21, 32, 20_609_697));

  /** Only test suites have it so far. */
  public static final Fork BPO4 =
      Fork.OSAKA.withBlobSchedule("BPO4", new BlobSchedule(14, 21, 13_739_630));

  private static final Map<String, Fork> BY_NAME = byName();

  private Forks() {}

  private static Map<String, Fork> byName() {
    Map<String, Fork> forks = new LinkedHashMap<>();
    put(forks, Fork.FRONTIER);
    put(forks, Fork.HOMESTEAD);
    put(forks, Fork.DAO);
    put(forks, Fork.TANGERINE_WHISTLE, "EIP150");
    put(forks, Fork.SPURIOUS_DRAGON, "EIP158");
    put(forks, Fork.BYZANTIUM);
    put(forks, Fork.CONSTANTINOPLE);
    put(forks, Fork.PETERSBURG, "ConstantinopleFix");
    put(forks, Fork.ISTANBUL);
    put(forks, Fork.MUIR_GLACIER);
    put(forks, Fork.BERLIN);
    put(forks, Fork.LONDON);
    put(forks, Fork.ARROW_GLACIER);
    put(forks, Fork.GRAY_GLACIER);
    put(forks, Fork.PARIS, "Merge");
    put(forks, Fork.SHANGHAI);
    put(forks, Fork.CANCUN);
    put(forks, Fork.PRAGUE);
    put(forks, Fork.OSAKA);
    put(forks, BPO1);
    put(forks, BPO2);
    put(forks, BPO3);
    put(forks, BPO4);
    return forks;
  }

  private static void put(Map<String, Fork> forks, Fork fork, String... aliases) {
    forks.put(fork.name().toLowerCase(Locale.ROOT), fork);
    for (String alias : aliases) {
      forks.put(alias.toLowerCase(Locale.ROOT), fork);
    }
  }

  /**
   * A fork by its name or the name of its EIP, in any case: {@code SpuriousDragon}, {@code EIP158}.
   *
   * @throws IllegalArgumentException where there is none
   */
  public static Fork byName(String name) {
    Fork fork = BY_NAME.get(name.toLowerCase(Locale.ROOT));
    if (fork == null) {
      throw new IllegalArgumentException(
          "no fork " + name + " is known, only " + String.join(", ", BY_NAME.keySet()));
    }
    return fork;
  }

  /** Whether {@link #byName} knows the name. */
  public static boolean isKnown(String name) {
    return BY_NAME.containsKey(name.toLowerCase(Locale.ROOT));
  }
}
