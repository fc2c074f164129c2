package io.rekindle.evm.process;

import io.rekindle.evm.chain.Header;
import io.rekindle.evm.chain.Roots;
import io.rekindle.evm.fork.DifficultyRule;
import io.rekindle.evm.fork.Fork;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import java.math.BigInteger;
import java.util.List;

/** The difficulty that a proof-of-work block must have (Yellow Paper, EIP-2, EIP-100, EIP-649). */
final class Difficulty {
  static final Hash NO_OMMERS = Roots.ommers(List.of());

  private static final BigInteger MINIMUM = BigInteger.valueOf(131_072);
  private static final BigInteger STEPS = BigInteger.valueOf(2_048);
  private static final long FRONTIER_SECONDS = 13;
  private static final long HOMESTEAD_SECONDS = 10;
  private static final long BYZANTIUM_SECONDS = 9;
  private static final long LOWEST_FACTOR = -99;
  private static final long BOMB_PERIOD = 100_000;

  private Difficulty() {}

  static UInt256 of(Header header, Header parent, Fork fork) {
    if (fork.difficultyRule() == DifficultyRule.PROOF_OF_STAKE) {
      return UInt256.ZERO;
    }
    BigInteger before = parent.difficulty().toBigInteger();
    BigInteger step = before.divide(STEPS);
    BigInteger difficulty =
        before.add(step.multiply(BigInteger.valueOf(factor(header, parent, fork))));
    long periods = Math.floorDiv(header.number() - fork.bombDelay(), BOMB_PERIOD) - 2;
    if (periods >= 0) {
      difficulty = difficulty.add(BigInteger.ONE.shiftLeft((int) Math.min(periods, 256)));
    }
    return UInt256.of(difficulty.max(MINIMUM));
  }

  private static long factor(Header header, Header parent, Fork fork) {
    long seconds = header.timestamp() - parent.timestamp();
    return switch (fork.difficultyRule()) {
      case FRONTIER -> seconds < FRONTIER_SECONDS ? 1 : -1;
      case HOMESTEAD -> Math.max(1 - seconds / HOMESTEAD_SECONDS, LOWEST_FACTOR);
      case BYZANTIUM -> {
        long start = parent.ommersHash().equals(NO_OMMERS) ? 1 : 2;
        yield Math.max(start - seconds / BYZANTIUM_SECONDS, LOWEST_FACTOR);
      }
      case PROOF_OF_STAKE -> 0;
    };
  }
}
