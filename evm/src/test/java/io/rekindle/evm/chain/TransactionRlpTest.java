package io.rekindle.evm.chain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.rekindle.evm.rlp.RlpException;
import io.rekindle.evm.rlp.RlpException.Problem;
import io.rekindle.evm.rlp.RlpWriter;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hex;
import io.rekindle.evm.word.UInt256;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What no transaction may look like, and what v says. */
class TransactionRlpTest {
  private static final byte[] EMPTY = new byte[0];
  private static final byte[] ADDRESS = Hex.decode("11".repeat(20));

  /** EIP-155's own example. */
  @Test
  void eip155() {
    Transaction transaction =
        Transaction.decode(
            Hex.decode(
                "f86c098504a817c800825208943535353535353535353535353535353535353535880de0b6b3a7640000"
                    + "8025a028ef61340bd939bc2195fe537567866003e1a15d3c71ff63e1590620aa636276"
                    + "a067cbe9d8997f761aecb703304b3800ccf555c9f3dc64214b297fb1966a3b6d83"));
    assertEquals(UInt256.ONE, transaction.chainId());
    assertEquals(0, transaction.recoveryId());
    assertEquals(
        "0xdaf5a779ae972f972197303d7b574746c7ef83eadac0f2791ad23db92e4c8e53",
        transaction.signingHash().toString());
    assertEquals(
        Address.ofHex("0x9d8a62f656a8d1615c1294fd71e9cfb3e4855a4f"), Senders.recover(transaction));
  }

  @Test
  void vOfLegacyTransactions() {
    assertRecovery(27, null, 0);
    assertRecovery(28, null, 1);
    assertRecovery(35, 0L, 0);
    assertRecovery(36, 0L, 1);
    assertRecovery(37, 1L, 0);
    assertRecovery(38, 1L, 1);
    for (int invalid : new int[] {0, 1, 26, 29, 34}) {
      assertRecovery(invalid, null, -1);
      assertNull(Senders.recover(Transaction.decode(legacy(ADDRESS, invalid))));
    }
  }

  private static void assertRecovery(int v, Long chainId, int recoveryId) {
    Transaction transaction = Transaction.decode(legacy(ADDRESS, v));
    assertEquals(chainId == null ? null : UInt256.of(chainId), transaction.chainId());
    assertEquals(recoveryId, transaction.recoveryId());
  }

  @Test
  void recipients() {
    assertNull(Transaction.decode(legacy(EMPTY, 27)).to());
    assertNull(Transaction.decode(typed(2, EMPTY)).to());
    expect(Problem.WRONG_SIZE, "to", legacy(Arrays.copyOf(ADDRESS, 19), 27));
    expect(Problem.WRONG_SIZE, "to", legacy(Arrays.copyOf(ADDRESS, 21), 27));
    expect(Problem.WRONG_SIZE, "to", typed(3, EMPTY));
    expect(Problem.WRONG_SIZE, "to", typed(4, EMPTY));
  }

  @Test
  void types() {
    for (int type = 1; type <= 4; type++) {
      byte[] encoded = typed(type, ADDRESS);
      assertEquals(Hex.encode(encoded), Hex.encode(Transaction.decode(encoded).encoded()));
      expect(Problem.TRAILING, "transaction", Arrays.copyOf(encoded, encoded.length + 1));
      expect(Problem.TRUNCATED, "transaction", Arrays.copyOf(encoded, encoded.length - 1));
    }
    expect(Problem.UNKNOWN_TYPE, "type", new byte[] {0, (byte) 0xc0});
    expect(Problem.UNKNOWN_TYPE, "type", new byte[] {5, (byte) 0xc0});
    expect(Problem.TRUNCATED, "type", EMPTY);
    expect(Problem.UNEXPECTED_STRING, "transaction", new byte[] {2, (byte) 0x80});
  }

  @Test
  void aBlobTransactionWithItsBlobsIsNoTransactionOfABlock() {
    byte[] inner = typed(3, ADDRESS);
    RlpWriter writer = new RlpWriter().rawByte(3);
    int list = writer.startList();
    writer.raw(Arrays.copyOfRange(inner, 1, inner.length)).startList();
    byte[] withBlobs = writer.endList(writer.size() - 1).endList(list).toBytes();
    expect(Problem.UNEXPECTED_LIST, "chainId", withBlobs);
  }

  @Test
  void anAuthorizationsFieldsHaveTheirSizes() {
    assertEquals(
        1, Transaction.decode(type4(UInt256.ONE, UInt256.of(255))).authorizations().size());
    expect(
        Problem.OVERFLOW,
        "authorizationList.nonce",
        type4(UInt256.ONE.add(UInt256.of(-1L)), UInt256.ONE));
    expect(Problem.OVERFLOW, "authorizationList.yParity", type4(UInt256.ONE, UInt256.of(256)));
  }

  private static void expect(Problem problem, String field, byte[] encoded) {
    RlpException e = assertThrows(RlpException.class, () -> Transaction.decode(encoded));
    assertEquals(problem, e.problem(), e.getMessage());
    assertEquals(field, e.field());
  }

  private static byte[] legacy(byte[] to, int v) {
    RlpWriter writer = new RlpWriter();
    int list = writer.startList();
    writer.uint64(1).uint64(2).uint64(21_000).bytes(to).uint64(3).bytes(EMPTY);
    return writer.uint64(v).uint64(0).uint64(0).endList(list).toBytes();
  }

  private static byte[] typed(int type, byte[] to) {
    RlpWriter writer = new RlpWriter().rawByte(type);
    int list = writer.startList();
    writer.uint64(1).uint64(7).uint64(2);
    if (type >= 2) {
      writer.uint64(2);
    }
    writer.uint64(21_000).bytes(to).uint64(3).bytes(EMPTY);
    writer.endList(writer.startList());
    if (type == 3) {
      writer.uint64(9);
    }
    if (type >= 3) {
      writer.endList(writer.startList());
    }
    return writer.uint64(1).uint64(5).uint64(6).endList(list).toBytes();
  }

  private static byte[] type4(UInt256 nonce, UInt256 yParity) {
    RlpWriter writer = new RlpWriter().rawByte(4);
    int list = writer.startList();
    writer.uint64(1).uint64(7).uint64(2).uint64(2).uint64(21_000).bytes(ADDRESS);
    writer.uint64(3).bytes(EMPTY);
    writer.endList(writer.startList());
    int tuples = writer.startList();
    int tuple = writer.startList();
    writer.uint64(1).bytes(ADDRESS).uint256(nonce).uint256(yParity).uint64(1).uint64(1);
    writer.endList(tuple).endList(tuples);
    return writer.uint64(1).uint64(5).uint64(6).endList(list).toBytes();
  }

  @Test
  void aReceiptsFirstFieldIsAStatusOrARoot() {
    byte[] bloom = new byte[LogsBloom.SIZE];
    Receipt receipt = new Receipt(2, null, true, 21_000, bloom, List.of());
    byte[] encoded = receipt.encoded();
    assertEquals(Hex.encode(encoded), Hex.encode(Receipt.decode(encoded).encoded()));
    byte[] list = Receipt.encodeList(List.of(receipt, receipt));
    assertEquals(Hex.encode(list), Hex.encode(Receipt.encodeList(Receipt.decodeList(list))));
    int status = 4;
    encoded[status] = 2;
    RlpException e = assertThrows(RlpException.class, () -> Receipt.decode(encoded));
    assertEquals("status", e.field());
  }
}
