package io.rekindle.evm.rlp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.rekindle.evm.rlp.RlpException.Problem;
import io.rekindle.evm.word.Hex;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each way in which an encoding can be wrong, and what is said about it. */
class RlpReaderTest {
  @ParameterizedTest
  @CsvSource({
    "8100, NOT_CANONICAL", // a byte below 0x80 with a prefix
    "817f, NOT_CANONICAL",
    "b800, NOT_CANONICAL", // a length with a leading zero
    "b80161, NOT_CANONICAL", // the long form for a length of one
    "b90001, NOT_CANONICAL",
    "bf7fffffffffffffff, TRUNCATED", // a length that no array has
    "bb7fffffff, TRUNCATED",
    "bbffffffff, TRUNCATED",
    "b8, TRUNCATED",
    "82ff, TRUNCATED",
    "'', TRUNCATED",
    "c0, UNEXPECTED_LIST",
  })
  void aString(String hex, Problem problem) {
    expect(problem, hex, reader -> reader.bytes("string"));
  }

  @ParameterizedTest
  @CsvSource({
    "f800, NOT_CANONICAL",
    "f801c0, NOT_CANONICAL",
    "ff0000000000000001, NOT_CANONICAL",
    "c2, TRUNCATED",
    "f9ffff, TRUNCATED",
    "80, UNEXPECTED_STRING",
    "05, UNEXPECTED_STRING",
  })
  void aList(String hex, Problem problem) {
    expect(problem, hex, reader -> reader.list("list"));
  }

  @ParameterizedTest
  @CsvSource({
    "00, NOT_CANONICAL", // zero is the empty string
    "820001, NOT_CANONICAL",
    "89010000000000000000, OVERFLOW",
    "c0, UNEXPECTED_LIST",
  })
  void anInteger(String hex, Problem problem) {
    expect(problem, hex, reader -> reader.uint64("integer"));
  }

  @Test
  void addressesAndHashesHaveTheirSize() {
    String nineteen = "93" + "11".repeat(19);
    expect(Problem.WRONG_SIZE, nineteen, reader -> reader.address("to"));
    expect(Problem.WRONG_SIZE, nineteen, reader -> reader.addressOrNull("to"));
    expect(Problem.WRONG_SIZE, "80", reader -> reader.address("to"));
    expect(Problem.WRONG_SIZE, nineteen, reader -> reader.hash("root"));
    assertNull(RlpReader.of(Hex.decode("80")).addressOrNull("to"));
  }

  @Test
  void anItemCannotReachBeyondItsList() {
    RlpReader list = RlpReader.of(Hex.decode("c182ffff")).list("list");
    assertEquals(
        Problem.TRUNCATED, assertThrows(RlpException.class, () -> list.bytes("string")).problem());
  }

  @Test
  void whatIsLeftIsNamed() {
    RlpReader reader = RlpReader.of(Hex.decode("c20102"));
    RlpReader list = reader.list("pair");
    assertEquals(1, list.uint64("first"));
    RlpException e = assertThrows(RlpException.class, () -> list.end("pair"));
    assertEquals(Problem.TRAILING, e.problem());
    assertEquals("block.pair: 1 bytes too many (byte 2)", e.within("block").getMessage());
  }

  private static void expect(Problem problem, String hex, Consumer<RlpReader> read) {
    RlpReader reader = RlpReader.of(Hex.decode(hex));
    RlpException e = assertThrows(RlpException.class, () -> read.accept(reader));
    assertEquals(problem, e.problem());
    assertEquals(0, e.offset());
  }
}
