package io.rekindle.evm.rlp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.rekindle.evm.rlp.RlpException.Problem;
import io.rekindle.evm.word.UInt256;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** The writer against appendix B taken literally, the reader against the writer. */
class RlpPropertyTest {
  /** A byte[] or a list of items. */
  record Item(byte[] string, List<Item> list) {}

  @Property
  void theWriterWritesWhatTheYellowPaperSays(@ForAll("items") Item item) {
    assertArrayEquals(naive(item), written(item));
  }

  @Property
  void theReaderReadsWhatTheWriterWrote(@ForAll("items") Item item) {
    byte[] encoded = written(item);
    byte[] shifted = new byte[encoded.length + 7];
    System.arraycopy(encoded, 0, shifted, 3, encoded.length);
    RlpReader reader = RlpReader.of(shifted, 3, encoded.length);
    assertArrayEquals(encoded, naive(read(reader)));
    reader.end("input");
  }

  /** Canonical means that a value has one encoding: whatever is accepted must be written back. */
  @Property(tries = 5_000)
  void whatIsAcceptedIsTheOnlyEncoding(
      @ForAll("items") Item item,
      @ForAll("edgeBytes") byte replacement,
      @ForAll("positions") int position) {
    byte[] mutated = written(item);
    mutated[position % mutated.length] = replacement;
    Item accepted;
    try {
      RlpReader reader = RlpReader.of(mutated);
      accepted = read(reader);
      reader.end("input");
    } catch (RlpException e) {
      return;
    }
    assertArrayEquals(mutated, naive(accepted));
  }

  @Property
  void aCutInputIsTruncated(@ForAll("items") Item item, @ForAll("positions") int position) {
    byte[] encoded = written(item);
    byte[] cut = Arrays.copyOf(encoded, position % encoded.length);
    RlpException e = assertThrows(RlpException.class, () -> read(RlpReader.of(cut)));
    assertEquals(Problem.TRUNCATED, e.problem());
  }

  @Property
  void integersAreMinimalBigEndianBytes(@ForAll("integers") BigInteger value) {
    byte[] encoded = new RlpWriter().uint256(UInt256.of(value)).toBytes();
    byte[] digits = value.signum() == 0 ? new byte[0] : UInt256.of(value).toMinimalBytes();
    assertArrayEquals(naive(new Item(digits, null)), encoded);
    assertEquals(value, RlpReader.of(encoded).uint256("value").toBigInteger());
    if (value.bitLength() <= 64) {
      assertArrayEquals(encoded, new RlpWriter().uint64(value.longValue()).toBytes());
      assertEquals(value.longValue(), RlpReader.of(encoded).uint64("value"));
    } else {
      RlpException e =
          assertThrows(RlpException.class, () -> RlpReader.of(encoded).uint64("value"));
      assertEquals(Problem.OVERFLOW, e.problem());
    }
  }

  @Provide
  Arbitrary<Item> items() {
    return item(3);
  }

  private static Arbitrary<Item> item(int depth) {
    Arbitrary<Item> strings =
        Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(
                    6, Arbitraries.bytes().array(byte[].class).ofMinSize(0).ofMaxSize(3)),
                net.jqwik.api.Tuple.of(
                    3, Arbitraries.bytes().array(byte[].class).ofMinSize(53).ofMaxSize(58)),
                net.jqwik.api.Tuple.of(
                    1, Arbitraries.bytes().array(byte[].class).ofMinSize(254).ofMaxSize(258)))
            .map(bytes -> new Item(bytes, null));
    if (depth == 0) {
      return strings;
    }
    Arbitrary<Item> lists =
        Arbitraries.lazy(() -> item(depth - 1))
            .list()
            .ofMaxSize(5)
            .map(list -> new Item(null, list));
    return Arbitraries.oneOf(strings, lists);
  }

  @Provide
  Arbitrary<Byte> edgeBytes() {
    return Arbitraries.oneOf(
        Arbitraries.bytes(),
        Arbitraries.of(0, 1, 0x7f, 0x80, 0x81, 0xb7, 0xb8, 0xb9, 0xbf, 0xc0, 0xc1, 0xf7, 0xf8, 0xff)
            .map(Integer::byteValue));
  }

  @Provide
  Arbitrary<Integer> positions() {
    return Arbitraries.oneOf(
        Arbitraries.integers().between(0, 3), Arbitraries.integers().between(0, 5_000));
  }

  @Provide
  Arbitrary<BigInteger> integers() {
    return Arbitraries.integers()
        .between(0, 256)
        .flatMap(
            bits ->
                Arbitraries.bigIntegers()
                    .between(
                        BigInteger.ZERO, BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE)));
  }

  private static Item read(RlpReader reader) {
    if (!reader.nextIsList()) {
      return new Item(reader.bytes("string"), null);
    }
    RlpReader list = reader.list("list");
    List<Item> items = new ArrayList<>();
    while (list.hasNext()) {
      items.add(read(list));
    }
    list.end("list");
    return new Item(null, items);
  }

  private static byte[] written(Item item) {
    RlpWriter writer = new RlpWriter(1);
    write(item, writer);
    return writer.toBytes();
  }

  private static void write(Item item, RlpWriter writer) {
    if (item.string() != null) {
      writer.bytes(item.string());
      return;
    }
    int start = writer.startList();
    item.list().forEach(child -> write(child, writer));
    writer.endList(start);
  }

  private static byte[] naive(Item item) {
    if (item.string() != null) {
      byte[] string = item.string();
      return string.length == 1 && string[0] >= 0 ? string : join(0x80, string);
    }
    ByteArrayOutputStream payload = new ByteArrayOutputStream();
    item.list().forEach(child -> payload.writeBytes(naive(child)));
    return join(0xc0, payload.toByteArray());
  }

  private static byte[] join(int base, byte[] payload) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    if (payload.length < 56) {
      out.write(base + payload.length);
    } else {
      byte[] length = UInt256.of(payload.length).toMinimalBytes();
      out.write(base + 55 + length.length);
      out.writeBytes(length);
    }
    out.writeBytes(payload);
    return out.toByteArray();
  }
}
