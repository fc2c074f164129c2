package io.rekindle.evm.process;

import io.rekindle.evm.chain.Header;
import io.rekindle.evm.fork.ChainSpec;
import io.rekindle.evm.fork.Fork;
import io.rekindle.evm.word.UInt256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.StringJoiner;

/**
 * Holds a header against its parent (Yellow Paper section 4.4.4; EIP-1559, 3675, 4844, 7918).
 * Proof-of-work seals are not checked.
 */
public final class HeaderRules {
  private static final int MAX_EXTRA_DATA = 32;
  private static final long MIN_GAS_LIMIT = 5_000;
  private static final long GAS_LIMIT_QUOTIENT = 1_024;
  private static final byte[] DAO_EXTRA_DATA = "dao-hard-fork".getBytes(StandardCharsets.US_ASCII);

  private final long block;
  private final Header header;
  private final Header parent;
  private final Fork fork;
  private final List<BlockCheck> checks = new ArrayList<>();

  private HeaderRules(Header header, Header parent, Fork fork) {
    this.block = header.number();
    this.header = header;
    this.parent = parent;
    this.fork = fork;
  }

  /**
   * All checks of a header, in order; they end where it does not follow the parent at all, and
   * leave out what rests on fields that its fork does not have or lacks.
   */
  public static List<BlockCheck> check(Header header, Header parent, Fork fork, ChainSpec spec) {
    HeaderRules rules = new HeaderRules(header, parent, fork);
    boolean fieldsFit = rules.checkFields();
    if (rules.checkPlace()) {
      rules.checkGas();
      rules.checkExtraData(spec);
      if (fieldsFit) {
        rules.checkDifficulty(spec);
        rules.checkFees();
      }
    }
    return List.copyOf(rules.checks);
  }

  private boolean add(BlockRule rule, String expected, Object actual, boolean passed) {
    checks.add(new BlockCheck(block, rule, expected, String.valueOf(actual), passed));
    return passed;
  }

  private boolean equal(BlockRule rule, Object expected, Object actual) {
    return add(rule, String.valueOf(expected), actual, Objects.equals(expected, actual));
  }

  private boolean checkFields() {
    boolean blobs = fork.blobSchedule() != null;
    StringJoiner expected = new StringJoiner(", ").setEmptyValue("none");
    StringJoiner actual = new StringJoiner(", ").setEmptyValue("none");
    for (OptionalField field :
        List.of(
            new OptionalField("baseFee", fork.baseFee(), header.baseFee()),
            new OptionalField("withdrawalsRoot", fork.withdrawals(), header.withdrawalsRoot()),
            new OptionalField("blobGasUsed", blobs, header.blobGasUsed()),
            new OptionalField("excessBlobGas", blobs, header.excessBlobGas()),
            new OptionalField(
                "parentBeaconBlockRoot", fork.beaconRoots(), header.parentBeaconBlockRoot()),
            new OptionalField("requestsHash", fork.requests(), header.requestsHash()),
            new OptionalField(
                "blockAccessListHash", fork.blockAccessLists(), header.blockAccessListHash()))) {
      if (field.expected()) {
        expected.add(field.name());
      }
      if (field.value() != null) {
        actual.add(field.name());
      }
    }
    return equal(BlockRule.HEADER_FIELDS, expected.toString(), actual.toString());
  }

  /**
   * A field that not every fork has.
   *
   * @param value null where the header does not have it
   */
  private record OptionalField(String name, boolean expected, Object value) {}

  private boolean checkPlace() {
    boolean parentHash = equal(BlockRule.PARENT_HASH, parent.hash(), header.parentHash());
    boolean number = equal(BlockRule.NUMBER, parent.number() + 1, header.number());
    boolean timestamp =
        add(
            BlockRule.TIMESTAMP,
            "over " + Long.toUnsignedString(parent.timestamp()),
            Long.toUnsignedString(header.timestamp()),
            Long.compareUnsigned(header.timestamp(), parent.timestamp()) > 0);
    return parentHash && number && timestamp;
  }

  private void checkGas() {
    long limit = header.gasLimit();
    if (!add(
        BlockRule.GAS_LIMIT_MAXIMUM,
        "at most " + Long.MAX_VALUE,
        Long.toUnsignedString(limit),
        limit >= 0)) {
      return;
    }
    long before = BaseFee.comparableGasLimit(parent, fork);
    long room = before / GAS_LIMIT_QUOTIENT;
    add(
        BlockRule.GAS_LIMIT,
        "less than " + room + " from " + before + ", at least " + MIN_GAS_LIMIT,
        limit,
        Math.abs(limit - before) < room && limit >= MIN_GAS_LIMIT);
    add(
        BlockRule.GAS_USED_ABOVE_LIMIT,
        "at most " + limit,
        Long.toUnsignedString(header.gasUsed()),
        Long.compareUnsigned(header.gasUsed(), limit) <= 0);
  }

  private void checkExtraData(ChainSpec spec) {
    int size = header.extraData().length;
    add(BlockRule.EXTRA_DATA_SIZE, "at most " + MAX_EXTRA_DATA, size, size <= MAX_EXTRA_DATA);
    if (spec.requiresDaoExtraData(block)) {
      add(
          BlockRule.DAO_EXTRA_DATA,
          "dao-hard-fork",
          new String(header.extraData(), StandardCharsets.ISO_8859_1),
          Arrays.equals(header.extraData(), DAO_EXTRA_DATA));
    }
  }

  private void checkDifficulty(ChainSpec spec) {
    boolean fixed = spec.fixedDifficulty() != null && !fork.proofOfStake();
    UInt256 difficulty = fixed ? spec.fixedDifficulty() : Difficulty.of(header, parent, fork);
    equal(BlockRule.DIFFICULTY, difficulty, header.difficulty());
    if (fork.proofOfStake()) {
      equal(BlockRule.NONCE, 0L, header.nonce());
      equal(BlockRule.NO_OMMERS, Difficulty.NO_OMMERS, header.ommersHash());
    }
  }

  private void checkFees() {
    if (fork.baseFee()) {
      UInt256 expected = BaseFee.after(parent);
      equal(BlockRule.BASE_FEE, expected, header.baseFee());
    }
    if (fork.blobSchedule() != null) {
      long max = fork.blobSchedule().max() * Charge.GAS_PER_BLOB;
      long used = header.blobGasUsed();
      add(
          BlockRule.BLOB_GAS_USED_ABOVE_LIMIT,
          "at most " + max,
          Long.toUnsignedString(used),
          Long.compareUnsigned(used, max) <= 0);
      equal(BlockRule.EXCESS_BLOB_GAS, BlobFee.excessAfter(parent, fork), header.excessBlobGas());
    }
  }
}
