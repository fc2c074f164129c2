package io.rekindle.evm.interpreter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rekindle.evm.word.UInt256;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Memory against an array of bytes that is grown and charged as the Yellow Paper says. */
class MemoryPropertyTest {
  private enum Kind {
    STORE,
    STORE_BYTE,
    LOAD,
    COPY_IN,
    MOVE,
    CLEAR
  }

  private record Step(Kind kind, int offset, int other, int length) {}

  /** The oracle: as many bytes as are in use. */
  private static final class Naive {
    byte[] bytes = {};

    long grow(long gas, int offset, int length) {
      if (length == 0 || offset + length <= bytes.length) {
        return gas;
      }
      long before = cost(bytes.length / 32);
      bytes = Arrays.copyOf(bytes, (offset + length + 31) / 32 * 32);
      return gas - (cost(bytes.length / 32) - before);
    }

    private static long cost(long words) {
      return 3 * words + words * words / 512;
    }
  }

  @Provide
  Arbitrary<List<Step>> steps() {
    Arbitrary<Integer> place =
        Arbitraries.oneOf(
            Arbitraries.integers().between(0, 200), Arbitraries.integers().between(0, 60_000));
    return Combinators.combine(Arbitraries.of(Kind.class), place, place, place)
        .as(Step::new)
        .list()
        .ofMaxSize(30);
  }

  @Property
  void behavesAsBytes(@ForAll("steps") List<Step> steps) {
    Memory memory = new Memory();
    Naive naive = new Naive();
    long[] words = new long[4];
    byte[] source = new byte[500];
    Arrays.fill(source, (byte) 0x5a);
    int count = 0;
    for (Step step : steps) {
      count++;
      int length =
          switch (step.kind) {
            case STORE, LOAD -> 32;
            case STORE_BYTE -> 1;
            default -> step.length;
          };
      int end = step.kind == Kind.MOVE ? Math.max(step.offset, step.other) : step.offset;
      if (step.kind != Kind.CLEAR) {
        long gas = 1L << 40;
        assertEquals(naive.grow(gas, end, length), memory.grow(gas, end, length));
      }
      UInt256 value = UInt256.of(count, -count, 7, 3L * count);
      switch (step.kind) {
        case STORE -> {
          value.toLimbs(words, 0);
          memory.store(step.offset, words, 0);
          System.arraycopy(value.toBytes(), 0, naive.bytes, step.offset, 32);
        }
        case STORE_BYTE -> {
          memory.storeByte(step.offset, 0x100 + count);
          naive.bytes[step.offset] = (byte) count;
        }
        case LOAD -> {
          memory.load(step.offset, words, 0);
          assertEquals(UInt256.ofBytes32(naive.bytes, step.offset), UInt256.ofLimbs(words, 0));
        }
        case COPY_IN -> {
          memory.copyIn(step.offset, length, source, 100, 400, step.other);
          for (int i = 0; i < length; i++) {
            naive.bytes[step.offset + i] = (byte) (step.other + i < 400 ? 0x5a : 0);
          }
        }
        case MOVE -> {
          if (length > 0) {
            memory.move(step.offset, step.other, length);
            System.arraycopy(naive.bytes.clone(), step.other, naive.bytes, step.offset, length);
          }
        }
        case CLEAR -> {
          memory.clear();
          naive.bytes = new byte[0];
        }
      }
      assertEquals(naive.bytes.length, memory.size());
      assertArrayEquals(naive.bytes, Arrays.copyOf(memory.bytes(), memory.size()));
    }
  }

  @Example
  void refusesWhatGasDoesNotPay() {
    Memory memory = new Memory();
    assertTrue(memory.grow(2, 0, 1) < 0);
    assertEquals(0, memory.size());
    assertEquals(0, memory.grow(3, 31, 1));
    assertEquals(32, memory.size());
    assertEquals(5, memory.grow(5, Long.MAX_VALUE, 0));
    assertTrue(memory.grow(Long.MAX_VALUE, Long.MAX_VALUE, 1) < 0);
    assertTrue(memory.grow(Long.MAX_VALUE, 1, Long.MAX_VALUE) < 0);
  }
}
