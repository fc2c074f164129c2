package io.rekindle.merge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import io.rekindle.evm.process.Outcome;
import io.rekindle.evm.state.AccountReads;
import io.rekindle.evm.state.ReadSet;
import io.rekindle.evm.word.UInt256;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A read that is not recorded is found. One kind of read at a time is dropped from what executors
 * hand over, and the equivalence suite must see another result, state or log for each: the reads
 * themselves are not compared here. Kinds come from {@link AccountReads} by reflection, so that a
 * new one cannot be forgotten.
 */
class MutationTest {
  private static final int CASES = Integer.getInteger("rekindle.mutation.cases", 5_000);
  private static final UInt256[] NO_SLOTS = {};

  /** No reads: for planners, and a mask. */
  private static final Set<String> MARKS = Set.of("NONCE_ASSUMED", "SPECULATION");

  /** A kind of read that is lost. */
  record Mutation(String kind, UnaryOperator<AccountReads> losing) {
    Outcome apply(Outcome outcome) {
      List<AccountReads> reads = new ArrayList<>(outcome.reads().accounts());
      reads.replaceAll(losing);
      return new Outcome(outcome.result(), new ReadSet(reads), outcome.writes(), outcome.logs());
    }

    @Override
    public String toString() {
      return kind;
    }
  }

  static Stream<Mutation> kinds() {
    Stream<Mutation> fields =
        Arrays.stream(AccountReads.class.getFields())
            .filter(field -> Modifier.isStatic(field.getModifiers()))
            .filter(field -> !MARKS.contains(field.getName()))
            .map(field -> new Mutation(field.getName(), losing(bit(field))));
    Mutation slots =
        new Mutation("SLOTS", reads -> reads.restrictedTo(reads.kinds(), NO_SLOTS, NO_SLOTS));
    return Stream.concat(fields, Stream.of(slots));
  }

  private static int bit(Field field) {
    try {
      return field.getInt(null);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  private static UnaryOperator<AccountReads> losing(int kind) {
    return reads -> reads.restrictedTo(reads.kinds() & ~kind, reads.slots(), reads.values());
  }

  @Test
  void kindsAreThoseOfTheReadSet() {
    assertEquals(11, kinds().count());
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void lostReadIsFound(Mutation mutation) {
    EquivalenceCase cases = new EquivalenceCase(mutation::apply);
    for (long seed = 0; seed < CASES; seed++) {
      String difference = WindowComparison.effects(cases.run(seed));
      if (!difference.isEmpty()) {
        System.out.println("without " + mutation + ": seed " + seed + ", " + difference);
        return;
      }
    }
    fail("a lost read of kind " + mutation + " makes no difference in " + CASES + " windows");
  }
}
