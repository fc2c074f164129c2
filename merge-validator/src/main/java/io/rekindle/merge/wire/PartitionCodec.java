package io.rekindle.merge.wire;

import io.rekindle.evm.process.Outcome;
import io.rekindle.evm.word.UInt256;
import io.rekindle.merge.AccountSummary;
import io.rekindle.merge.KnownAccount;
import io.rekindle.merge.PartitionResult;
import io.rekindle.merge.PartitionSummary;
import io.rekindle.merge.UnitRun;
import java.util.ArrayList;
import java.util.List;

/** The flat form of a {@link PartitionResult}. */
public final class PartitionCodec {
  static final int VERSION = 3;

  private PartitionCodec() {}

  public static byte[] encode(PartitionResult result) {
    WireWriter out = new WireWriter();
    write(out, result);
    return out.toBytes();
  }

  /** Writes the flat form, after which more can come. */
  public static void write(WireWriter out, PartitionResult result) {
    out.number(VERSION).number(result.partition()).number(result.runs().size());
    for (UnitRun run : result.runs()) {
      out.number(run.index()).number(run.nanos());
      OutcomeCodec.write(out, run.outcome());
    }
    writeSummary(out, result.summary());
  }

  /**
   * @throws WireFormatException where the bytes are of another version or no partition's result
   */
  public static PartitionResult decode(byte[] bytes) {
    WireReader in = new WireReader(bytes);
    PartitionResult result = read(in);
    if (!in.atEnd()) {
      throw new WireFormatException("partition result with trailing bytes");
    }
    return result;
  }

  /**
   * Reads the flat form, after which more may come.
   *
   * @throws WireFormatException where the bytes are of another version or no partition's result
   */
  public static PartitionResult read(WireReader in) {
    try {
      long version = in.number();
      if (version != VERSION) {
        throw new WireFormatException(
            "partition result of version " + version + ", this is version " + VERSION);
      }
      int partition = in.count();
      int runCount = in.count();
      List<UnitRun> runs = new ArrayList<>(runCount);
      for (int i = 0; i < runCount; i++) {
        int index = in.count();
        long nanos = in.number();
        runs.add(new UnitRun(index, OutcomeCodec.read(in), nanos));
      }
      return new PartitionResult(partition, runs, readSummary(in, runs));
    } catch (IndexOutOfBoundsException | ArithmeticException e) {
      throw new WireFormatException("partition result is damaged: " + e.getMessage());
    }
  }

  private static void writeSummary(WireWriter out, PartitionSummary summary) {
    out.flag(summary.undecided()).number(summary.size());
    for (int entry = 0; entry < summary.size(); entry++) {
      AccountSummary account = summary.account(entry);
      out.address(account.address()).number(account.flags());
      out.word(account.gained()).word(account.lost());
      out.optionalWord(account.spare()).optionalWord(account.room());
      out.number(summary.mentionCount(entry));
      summary.visitMentions(entry, (run, place) -> out.number(run).number(zigzag(place)));
    }
  }

  private static PartitionSummary readSummary(WireReader in, List<UnitRun> runs) {
    boolean undecided = in.flag();
    int count = in.count();
    PartitionSummary.Builder summary = new PartitionSummary.Builder(count);
    for (int entry = 0; entry < count; entry++) {
      summary.add(
          new KnownAccount(
              in.address(),
              in.count(),
              in.word(),
              in.word(),
              in.optionalWord(),
              in.optionalWord(),
              readMentions(in, runs, summary)));
    }
    return summary.build(undecided);
  }

  /** The last mention of an account, or -1. */
  private static int readMentions(
      WireReader in, List<UnitRun> runs, PartitionSummary.Builder summary) {
    int mention = -1;
    for (int left = in.count(); left > 0; left--) {
      int run = in.count();
      int account = unzigzag(in.count());
      UInt256[] slots = slots(runs.get(run).outcome(), account);
      mention = summary.mention(mention, run, account, slots);
    }
    return mention;
  }

  private static UInt256[] slots(Outcome outcome, int account) {
    return account >= 0
        ? outcome.reads().accounts().get(account).slots()
        : outcome.writes().accounts().get(~account).slots();
  }

  /** Small numbers of either sign as small unsigned ones. */
  private static int zigzag(int value) {
    return (value << 1) ^ (value >> 31);
  }

  private static int unzigzag(int value) {
    return (value >>> 1) ^ -(value & 1);
  }
}
