package io.rekindle.partitioner.learn;

import io.rekindle.evm.chain.Transaction;
import io.rekindle.evm.process.Unit;
import io.rekindle.evm.word.Hash;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What units cost in gas and nanoseconds, learned for each code and selector. Gas is a poor clock:
 * a cold slot's 2,100 gas and a precompile's 2,100 differ by orders of magnitude. Before anything
 * is known of a call, its gas is a share of its limit and its time that gas at the mean pace.
 *
 * <p>Plans must not differ from run to run, and times do; so a plan reckons with {@link #cost},
 * which is gas, and times change that only for calls that are slow beyond any noise.
 *
 * <p>Averages move, so that old units count less and less; and what took many times the time
 * expected is cut short, since a pause of the machine or a thread that had to wait says nothing of
 * the unit. Not safe for threads; the same units in the same order teach the same.
 */
public final class CostModel {
  private static final int CAPACITY = 100_000;
  private static final double WEIGHT = 0.2;

  /** Of one call in what decides whether its kind is slow. */
  private static final double STEADY = 0.02;

  /** A measured time counts as at most this multiple of the time expected. */
  private static final double MOST_SURPRISING = 4;

  private static final double FIRST_PACE = 2.5;
  private static final double FIRST_SHARE = 0.6;
  private static final long TRANSFER = 21_000;

  /** A block's opening or closing before one was seen: two system calls or a few credits. */
  private static final double FIRST_SYSTEM_NANOSECONDS = 20_000;

  /** What an opening or closing weighs beside the gas of transactions. */
  private static final long SYSTEM_COST = 10_000;

  /** Slow kinds of calls weigh this many times as much, or its square, or its cube. */
  private static final int SLOWER = 4;

  private static final int SLOWEST = SLOWER * SLOWER * SLOWER;

  private static final class Average {
    double gas;
    double nanoseconds;
    boolean known;
    double slowness = 1;
    int weight = 1;

    /**
     * @param expected time of one of which none was seen yet
     */
    void add(double newGas, double newNanoseconds, double expected) {
      double before = known ? nanoseconds : expected;
      double time = Math.min(newNanoseconds, MOST_SURPRISING * before);
      double share = known ? WEIGHT : 1;
      gas += share * (newGas - gas);
      nanoseconds += share * (time - nanoseconds);
      known = true;
    }

    /**
     * Takes the next weight where calls are twice as slow as it says, and the one before only where
     * they are near that: what lies between stays as it is, so that noise changes nothing. What one
     * call can change is bounded, so that it takes some forty to count as slow; by then a machine
     * that became slow for all has the mean pace follow.
     *
     * @param relative the call's time for its gas, over the mean
     */
    void weigh(double relative) {
      slowness += STEADY * (Math.min(relative, MOST_SURPRISING * slowness) - slowness);
      if (weight < SLOWEST && slowness >= 2.0 * SLOWER * weight) {
        weight *= SLOWER;
      } else if (weight > 1 && slowness < 1.5 * weight / SLOWER) {
        weight /= SLOWER;
      }
    }
  }

  private final Map<CallKey, Average> calls =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<CallKey, Average> eldest) {
          return size() > CAPACITY;
        }
      };

  private final Average opening = new Average();
  private final Average closing = new Average();
  private double pace = FIRST_PACE;
  private double share = FIRST_SHARE;

  /**
   * What a plan reckons a unit with: its predicted gas, and a multiple of it where such calls take
   * many times the mean time for their gas; at least 1. The same units give the same costs, unless
   * a kind of call lies just where it begins to count as slow.
   *
   * @param codeHash of the code that the transaction calls, or null where there is none
   */
  public long cost(Unit unit, Hash codeHash) {
    if (!(unit instanceof Unit.TransactionUnit transaction)) {
      return SYSTEM_COST;
    }
    Average known = calls.get(keyOf(transaction.transaction(), codeHash));
    return gas(unit, codeHash) * (known == null ? 1 : known.weight);
  }

  /**
   * Predicted time of a unit in nanoseconds, at least 1.
   *
   * @param codeHash of the code that the transaction calls, or null where there is none
   */
  public long nanoseconds(Unit unit, Hash codeHash) {
    if (unit instanceof Unit.TransactionUnit transaction) {
      Average known = calls.get(keyOf(transaction.transaction(), codeHash));
      double time = known == null ? gas(unit, codeHash) * pace : known.nanoseconds;
      return Math.max(1, Math.round(time));
    }
    Average known = unit instanceof Unit.Opening ? opening : closing;
    return Math.max(1, Math.round(known.known ? known.nanoseconds : FIRST_SYSTEM_NANOSECONDS));
  }

  /** Predicted gas of a transaction, at least 1 and never more than its limit; 1 for others. */
  public long gas(Unit unit, Hash codeHash) {
    if (!(unit instanceof Unit.TransactionUnit transaction)) {
      return 1;
    }
    long limit = transaction.transaction().gasLimit();
    Average known = calls.get(keyOf(transaction.transaction(), codeHash));
    double predicted;
    if (known != null) {
      predicted = known.gas;
    } else if (codeHash == null && !transaction.transaction().isCreate()) {
      predicted = TRANSFER + 16.0 * transaction.transaction().input().length;
    } else {
      predicted = Math.max((double) TRANSFER, share * limit);
    }
    return Math.max(1, Math.min(limit, Math.round(predicted)));
  }

  /**
   * Learns from an executed unit.
   *
   * @param codeHash of the code that the transaction called, or null where there was none
   * @param gasUsed of a transaction; not looked at for others
   * @param nanoseconds that it took
   */
  public void learn(Unit unit, Hash codeHash, long gasUsed, long nanoseconds) {
    if (unit instanceof Unit.TransactionUnit transaction) {
      Transaction executed = transaction.transaction();
      Average average = calls.computeIfAbsent(keyOf(executed, codeHash), unseen -> new Average());
      average.add((double) gasUsed, (double) nanoseconds, gasUsed * pace);
      if (gasUsed > 0) {
        average.weigh((double) nanoseconds / gasUsed / pace);
        double measured = Math.min((double) nanoseconds / gasUsed, MOST_SURPRISING * pace);
        pace += WEIGHT / 10 * (measured - pace);
      }
      if (codeHash != null && executed.gasLimit() > 0) {
        share += WEIGHT / 10 * ((double) gasUsed / executed.gasLimit() - share);
      }
    } else {
      (unit instanceof Unit.Opening ? opening : closing)
          .add(0, (double) nanoseconds, FIRST_SYSTEM_NANOSECONDS);
    }
  }

  private static CallKey keyOf(Transaction transaction, Hash codeHash) {
    if (transaction.isCreate()) {
      return new CallKey(Hash.ZERO, transaction.input().length / 1024);
    }
    return codeHash == null
        ? new CallKey(Hash.ZERO, CallKey.NO_SELECTOR)
        : new CallKey(codeHash, CallKey.selectorOf(transaction.input()));
  }
}
