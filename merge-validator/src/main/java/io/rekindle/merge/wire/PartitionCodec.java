package io.rekindle.merge.wire;

import io.rekindle.evm.process.Outcome;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.UInt256;
import io.rekindle.merge.AccountSummary;
import io.rekindle.merge.PartitionResult;
import io.rekindle.merge.PartitionSummary;
import io.rekindle.merge.UnitRun;
import java.util.ArrayList;
import java.util.List;

/** The flat form of a {@link PartitionResult}, and of single outcomes. */
public final class PartitionCodec {
  private static final int VERSION = 1;

  private PartitionCodec() {}

  public static byte[] encode(PartitionResult result) {
    WireWriter out = new WireWriter();
    out.number(VERSION).number(result.partition()).number(result.runs().size());
    for (UnitRun run : result.runs()) {
      out.number(run.index()).number(run.nanos());
      OutcomeCodec.write(out, run.outcome());
    }
    out.flag(result.summary().undecided()).number(result.summary().accounts().size());
    for (AccountSummary account : result.summary().accounts()) {
      out.address(account.address()).number(account.flags());
      out.word(account.gained()).word(account.lost());
      out.optionalWord(account.spare()).optionalWord(account.room());
      out.words(account.slotsRead()).words(account.slotsWritten());
    }
    return out.toBytes();
  }

  /**
   * @throws WireFormatException where the bytes are of another version or no partition's result
   */
  public static PartitionResult decode(byte[] bytes) {
    try {
      WireReader in = new WireReader(bytes);
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
      PartitionSummary summary = readSummary(in);
      if (!in.atEnd()) {
        throw new WireFormatException("partition result with trailing bytes");
      }
      return new PartitionResult(partition, runs, summary);
    } catch (IndexOutOfBoundsException | ArithmeticException e) {
      throw new WireFormatException("partition result is damaged: " + e.getMessage());
    }
  }

  private static PartitionSummary readSummary(WireReader in) {
    boolean undecided = in.flag();
    int count = in.count();
    List<AccountSummary> accounts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      Address address = in.address();
      int flags = in.count();
      UInt256 gained = in.word();
      UInt256 lost = in.word();
      UInt256 spare = in.optionalWord();
      UInt256 room = in.optionalWord();
      accounts.add(
          new AccountSummary(address, flags, gained, lost, spare, room, in.words(), in.words()));
    }
    return new PartitionSummary(accounts, undecided);
  }

  public static byte[] encode(Outcome outcome) {
    WireWriter out = new WireWriter();
    OutcomeCodec.write(out, outcome);
    return out.toBytes();
  }

  public static Outcome decodeOutcome(byte[] bytes) {
    return OutcomeCodec.read(new WireReader(bytes));
  }
}
