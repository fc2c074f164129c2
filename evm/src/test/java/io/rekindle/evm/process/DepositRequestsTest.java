package io.rekindle.evm.process;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.rekindle.evm.chain.Receipt;
import io.rekindle.evm.crypto.Keccak256;
import io.rekindle.evm.state.Log;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DepositRequestsTest {
  private static final Address CONTRACT = Scenario.CONTRACT;
  private static final Hash EVENT =
      Keccak256.hash(
          "DepositEvent(bytes,bytes,bytes,bytes,bytes)".getBytes(StandardCharsets.US_ASCII));
  private static final int[] LENGTHS = {48, 32, 8, 96, 8};

  /** The ABI encoding of five byte strings, each filled with its place plus one. */
  private static byte[] event() {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    ByteArrayOutputStream tail = new ByteArrayOutputStream();
    for (int part = 0; part < LENGTHS.length; part++) {
      head.writeBytes(UInt256.of(160 + tail.size()).toBytes());
      tail.writeBytes(UInt256.of(LENGTHS[part]).toBytes());
      byte[] value = new byte[(LENGTHS[part] + 31) / 32 * 32];
      Arrays.fill(value, 0, LENGTHS[part], (byte) (part + 1));
      tail.writeBytes(value);
    }
    head.writeBytes(tail.toByteArray());
    return head.toByteArray();
  }

  private static DepositRequests.Parsed parse(Log... logs) {
    Receipt receipt = new Receipt(0, null, true, 21_000, new byte[256], List.of(logs));
    return DepositRequests.parse(List.of(receipt), CONTRACT);
  }

  private static Log log(byte[] data) {
    return new Log(CONTRACT, List.of(EVENT), data);
  }

  @Test
  void concatenatesTheFieldsOfAllDeposits() {
    byte[] request = parse(log(event()), log(event())).request();

    assertEquals(1 + 2 * 192, request.length);
    assertEquals(0, request[0]);
    int at = 1;
    for (int part = 0; part < LENGTHS.length; part++) {
      byte[] expected = new byte[LENGTHS[part]];
      Arrays.fill(expected, (byte) (part + 1));
      assertArrayEquals(expected, Arrays.copyOfRange(request, at, at + LENGTHS[part]));
      at += LENGTHS[part];
    }
  }

  @Test
  void otherContractsAndEventsAreNoDeposits() {
    DepositRequests.Parsed parsed =
        parse(
            new Log(Scenario.OTHER, List.of(EVENT), event()),
            new Log(CONTRACT, List.of(Hash.ZERO), event()),
            new Log(CONTRACT, List.of(), event()));

    assertNull(parsed.request());
    assertNull(parsed.fault());
  }

  @Test
  void everyOtherLayoutIsRefused() {
    assertNotNull(parse(log(Arrays.copyOf(event(), 575))).fault());
    assertNotNull(parse(log(Arrays.copyOf(event(), 577))).fault());
    for (int word : new int[] {0, 32, 64, 96, 128, 160, 256, 320, 384, 512}) {
      byte[] data = event();
      data[word + 31]++;
      assertNotNull(parse(log(data)).fault(), "word at " + word);
      data = event();
      data[word]++;
      assertNotNull(parse(log(data)).fault(), "high byte of the word at " + word);
    }
  }
}
