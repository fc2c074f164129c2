package io.rekindle.snapshot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.rekindle.evm.state.Account;
import io.rekindle.evm.state.Code;
import io.rekindle.evm.state.MissingStateException;
import io.rekindle.evm.state.OverlayState;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.UInt256;
import io.rekindle.snapshot.SnapshotFormatException.Problem;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SnapshotTest {
  private static final Address ALICE = StateModel.address(1);
  private static final Address BOB = StateModel.address(2);
  private static final Address CAROL = StateModel.address(3);
  private static final Code CODE = Code.of(new byte[] {1, 2, 3});
  private static final Account RICH = new Account(7, UInt256.of(100), CODE.hash());

  private static SnapshotBuilder partial(Unlisted policy) {
    SnapshotBuilder builder = new SnapshotBuilder(policy);
    builder.account(ALICE, RICH);
    builder.slot(UInt256.ONE, UInt256.of(5));
    builder.slot(UInt256.of(2), UInt256.ZERO);
    builder.absent(BOB);
    builder.code(CODE);
    return builder;
  }

  @Test
  void unlistedReadsOfADumpAreCountedAndNamed() {
    Snapshot snapshot = partial(Unlisted.COUNTED).build();
    assertEquals(RICH, snapshot.account(ALICE));
    assertEquals(UInt256.ZERO, snapshot.storage(ALICE, UInt256.of(2)));
    assertNull(snapshot.account(BOB));
    assertTrue(snapshot.hasStorage(ALICE));
    assertEquals(0, snapshot.unlistedReads().count());

    assertNull(snapshot.account(CAROL));
    assertEquals(UInt256.ZERO, snapshot.storage(ALICE, UInt256.of(3)));
    assertEquals(2, snapshot.unlistedReads().count());
    assertTrue(snapshot.unlistedReads().names().contains("account " + CAROL));
  }

  @Test
  void unlistedReadsOfAStrictOrPartialStateAreErrors() {
    for (Snapshot snapshot :
        new Snapshot[] {
          partial(Unlisted.COUNTED).build().strict(), partial(Unlisted.MISSING).build()
        }) {
      assertEquals(UInt256.of(5), snapshot.storage(ALICE, UInt256.ONE));
      assertNull(snapshot.account(BOB));
      assertFalse(snapshot.hasStorage(BOB));
      assertEquals(UInt256.ZERO, snapshot.storage(BOB, UInt256.ONE));
      assertThrows(MissingStateException.class, () -> snapshot.account(CAROL));
      assertThrows(MissingStateException.class, () -> snapshot.hasStorage(CAROL));
      assertThrows(MissingStateException.class, () -> snapshot.storage(ALICE, UInt256.of(3)));
      assertThrows(MissingStateException.class, () -> snapshot.code(Code.of(new byte[1]).hash()));
    }
  }

  /** An account that comes to be in a partial state has all its storage listed. */
  @Test
  void anAccountCreatedOnAPartialStateIsWholeAfterwards() {
    Snapshot snapshot = partial(Unlisted.MISSING).build();
    OverlayState overlay = new OverlayState(snapshot);
    overlay.put(BOB, new Account(1, UInt256.ONE, CODE.hash()), CODE, Map.of());
    Snapshot next = snapshot.plus(overlay);
    assertFalse(next.hasStorage(BOB));
    assertEquals(UInt256.ZERO, next.storage(BOB, UInt256.ONE));
    assertThrows(MissingStateException.class, () -> next.storage(ALICE, UInt256.of(3)));
  }

  @Test
  void incarnationsCountWipes() {
    StateModel model = new StateModel(1);
    Snapshot snapshot = new SnapshotBuilder(Unlisted.ABSENT).build();
    Random random = new Random(5);
    int before = 0;
    int wipes = 0;
    for (int i = 0; i < 50; i++) {
      OverlayState overlay = new OverlayState(snapshot);
      overlay.apply(model.randomWrites(random));
      boolean wiped = overlay.changes().get(StateModel.address(0)).cleared();
      snapshot = snapshot.plus(overlay);
      int now = snapshot.incarnation(StateModel.address(0));
      assertEquals(before + (wiped ? 1 : 0), now);
      wipes += wiped ? 1 : 0;
      before = now;
    }
    assertTrue(wipes > 3);
  }

  @Test
  void aDeltaFitsOnlyItsBase() {
    Snapshot snapshot = partial(Unlisted.MISSING).build();
    OverlayState overlay = new OverlayState(snapshot);
    overlay.put(BOB, RICH, CODE, Map.of());
    SnapshotDelta delta = SnapshotDelta.of(snapshot, overlay);
    Snapshot next = snapshot.plus(delta);
    assertEquals(delta.id(), next.id());
    assertThrows(IllegalArgumentException.class, () -> next.plus(delta));
  }

  @Test
  void aCompleteStateNeedsItsCode() {
    SnapshotBuilder builder = new SnapshotBuilder(Unlisted.ABSENT);
    builder.account(ALICE, RICH);
    assertThrows(IllegalArgumentException.class, builder::build);
  }

  @Test
  void codeIsSharedBetweenDecodedSnapshots() throws IOException {
    byte[] bytes = encoded(partial(Unlisted.MISSING).build());
    SnapshotCodec codec = new SnapshotCodec();
    Snapshot first = codec.readSnapshot(new ByteArrayInputStream(bytes));
    Snapshot second = codec.readSnapshot(new ByteArrayInputStream(bytes));
    assertNotNull(first.code(CODE.hash()));
    assertSame(first.code(CODE.hash()), second.code(CODE.hash()));
  }

  @Test
  void alteredTruncatedAndForeignBytesAreRefused() throws IOException {
    byte[] bytes = encoded(partial(Unlisted.MISSING).build());
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertEquals(Problem.TRUNCATED, problem(cut));
    }
    for (int at = 0; at < bytes.length; at++) {
      for (int bit = 0; bit < 8; bit++) {
        byte[] flipped = bytes.clone();
        flipped[at] ^= (byte) (1 << bit);
        assertNotNull(problem(flipped), "byte " + at);
      }
    }
    byte[] foreign = bytes.clone();
    foreign[4] = 9;
    assertEquals(Problem.VERSION, problem(foreign));
    byte[] last = bytes.clone();
    last[bytes.length - 1] ^= 1;
    assertEquals(Problem.CHECKSUM, problem(last));
  }

  private static byte[] encoded(Snapshot snapshot) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new SnapshotCodec().write(snapshot, out);
    return out.toByteArray();
  }

  private static Problem problem(byte[] bytes) {
    return assertThrows(
            SnapshotFormatException.class,
            () -> new SnapshotCodec().readSnapshot(new ByteArrayInputStream(bytes)))
        .problem();
  }
}
