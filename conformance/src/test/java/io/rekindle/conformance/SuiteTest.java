package io.rekindle.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rekindle.evm.engine.Engines;
import io.rekindle.evm.word.Hash;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That a suite finds its cases, and that a case which is wrong fails. */
class SuiteTest {
  @TempDir private Path folder;

  private final StateTestDraft draft = new StateTestDraft();
  private final List<CaseResult> results = new ArrayList<>();

  private Tally run(Selection selection, Path... paths) {
    return Suite.stateTests(Engines.named(Engines.DEFAULT), selection, 2)
        .run(List.of(paths), results::add);
  }

  /** Runs the draft and gives its failure, or null. */
  private String failure() throws IOException {
    Path file = Files.writeString(folder.resolve("case.json"), draft.json());
    run(Selection.ALL, file);
    assertEquals(1, results.size());
    return results.get(0).failure();
  }

  private void assertFailure(String part) throws IOException {
    String failure = failure();
    assertTrue(failure != null && failure.contains(part), () -> "failure: " + failure);
  }

  @Test
  void aRightCasePasses() throws IOException {
    assertNull(failure());
  }

  @Test
  void anotherStateRootFails() throws IOException {
    draft.post.put("hash", Hash.ZERO.toString());
    assertFailure("state root ");
  }

  @Test
  void theAccountThatDiffersIsNamed() throws IOException {
    draft.post.put("hash", Hash.ZERO.toString());
    ((ObjectNode) draft.post.get("state").elements().next()).put("balance", "0x01");
    assertFailure("; account 0x");
  }

  @Test
  void anotherLogsHashFails() throws IOException {
    draft.post.put("logs", Hash.ZERO.toString());
    assertFailure("logs hash ");
  }

  @Test
  void anAcceptedTransactionThatShouldBeInvalidFails() throws IOException {
    draft.post.put("expectException", "TransactionException.NONCE_MISMATCH_TOO_LOW");
    assertFailure("accepted, expected TransactionException.NONCE_MISMATCH_TOO_LOW");
  }

  @Test
  void anInvalidTransactionThatShouldBeAcceptedFails() throws IOException {
    draft.withUsedNonce();
    assertFailure("rejected: [NONCE_TOO_LOW]");
  }

  @Test
  void aRejectionForTheNamedReasonPasses() throws IOException {
    draft.withUsedNonce();
    draft.post.put(
        "expectException",
        "TransactionException.SENDER_NOT_EOA|TransactionException.NONCE_MISMATCH_TOO_LOW");
    assertNull(failure());
  }

  @Test
  void aRejectionForAnotherReasonFails() throws IOException {
    draft.withUsedNonce();
    draft.post.put("expectException", "TransactionException.SENDER_NOT_EOA");
    assertFailure("expected TransactionException.SENDER_NOT_EOA");
  }

  @Test
  void anUnknownReasonFails() throws IOException {
    draft.withUsedNonce();
    draft.post.put("expectException", "TransactionException.NO_SUCH_NAME");
    assertFailure("not known here");
  }

  @Test
  void anUnknownForkFails() throws IOException {
    draft.on("Atlantis");
    assertFailure("Atlantis");
  }

  @Test
  void aMissingFieldFails() throws IOException {
    draft.test.remove("env");
    assertFailure("field env is missing");
  }

  @Test
  void aTransactionThatCannotBeDecodedFails() throws IOException {
    draft.post.put("txbytes", "0xc0");
    assertFailure("rejected: [");
  }

  @Test
  void selectionsLeaveOutWhatTheyDoNotName() throws IOException {
    Path file = Files.writeString(folder.resolve("case.json"), draft.json());
    assertEquals(new Tally(1, 0), run(new Selection(Pattern.compile("trans"), "istanbul"), file));
    assertEquals(new Tally(0, 0), run(new Selection(null, "Berlin"), file));
    assertEquals(new Tally(0, 0), run(new Selection(Pattern.compile("nothing"), null), file));
    assertEquals(new Tally(1, 0), run(new Selection(Pattern.compile("case.json"), null), file));
  }

  @Test
  void foldersAndZipsAreRead() throws IOException {
    Path inside = Files.createDirectories(folder.resolve("tests/deep"));
    Files.writeString(inside.resolve("a.json"), draft.json());
    Files.writeString(inside.resolve("readme.txt"), "no case");
    Path zip = folder.resolve("tests/b.zip");
    try (OutputStream out = Files.newOutputStream(zip);
        ZipOutputStream zipped = new ZipOutputStream(out)) {
      zipped.putNextEntry(new ZipEntry("x/c.json"));
      zipped.write(draft.json().getBytes(StandardCharsets.UTF_8));
      zipped.closeEntry();
    }
    assertEquals(new Tally(1, 0), run(Selection.ALL, zip));
    assertEquals(new Tally(2, 0), run(Selection.ALL, folder.resolve("tests")));
  }

  @Test
  void whatHoldsNoCasesIsBadInput() throws IOException {
    Path text = Files.writeString(folder.resolve("a.txt"), "");
    Path broken = Files.writeString(folder.resolve("a.json"), "[");
    Path empty = Files.createDirectories(folder.resolve("empty"));
    for (Path path : List.of(text, broken, empty, folder.resolve("absent.zip"))) {
      FixtureException bad = assertThrows(FixtureException.class, () -> run(Selection.ALL, path));
      assertTrue(bad.getMessage().startsWith(path.toString()), bad::getMessage);
    }
  }
}
