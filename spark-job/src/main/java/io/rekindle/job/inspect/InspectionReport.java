package io.rekindle.job.inspect;

import io.rekindle.job.archive.BlockSource.BlockRange;
import io.rekindle.job.archive.FileFacts;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** An inspection for people, and for programs. */
public final class InspectionReport {
  private static final int FILES_LISTED = 20;

  private final String path;
  private final Inspection inspection;
  private final Tally tally;
  private final boolean verified;

  /**
   * @param verified whether blocks were held against their headers
   */
  public InspectionReport(String path, Inspection inspection, boolean verified) {
    this.path = path;
    this.inspection = inspection;
    this.tally = inspection.tally();
    this.verified = verified;
  }

  /** A few lines. */
  public void print(PrintWriter out) {
    out.printf("%s: %s%n", path, inspection.kind());
    line(out, "blocks", String.format("%,d: %s", tally.blocks, join(inspection.ranges())));
    if (!inspection.gaps().isEmpty()) {
      line(out, "gaps", join(inspection.gaps()));
    }
    line(out, "chain", inspection.chain().toString());
    line(out, "time", time(tally.firstTimestamp) + " to " + time(tally.lastTimestamp));
    line(out, "transactions", String.format("%,d%s", tally.transactions, types()));
    line(out, "gas used", String.format("%,d", tally.gasUsed));
    line(out, "size", size());
    line(out, "each block", String.join(", ", parts()));
    line(out, "receipts", receipts());
    if (tally.prestates > 0) {
      line(out, "prestates", String.format("of %,d blocks", tally.prestates));
    }
    line(out, "ommers", String.format("%,d", tally.ommers));
    line(out, "withdrawals", String.format("%,d", tally.withdrawals));
    line(out, "checksums", checksums());
    line(out, "accumulator", accumulators());
    inspection.notes().forEach(note -> line(out, "note", note));
    if (verified) {
      inspection.failures().forEach(out::println);
      out.printf(
          "%,d checks passed, %,d failed%n", tally.checksPassed, inspection.failures().size());
    }
    out.flush();
  }

  private static void line(PrintWriter out, String name, String text) {
    out.printf("  %-13s %s%n", name, text);
  }

  private String size() {
    int files = inspection.files().size();
    return String.format(
        "%,d bytes in %,d %s, %,d bytes of RLP",
        inspection.files().stream().mapToLong(FileFacts::bytes).sum(),
        files,
        files == 1 ? "file" : "files",
        tally.encodedBytes);
  }

  private static String join(List<BlockRange> ranges) {
    List<String> texts = new ArrayList<>();
    ranges.stream().limit(FILES_LISTED).forEach(range -> texts.add(text(range)));
    if (ranges.size() > FILES_LISTED) {
      texts.add("and " + (ranges.size() - FILES_LISTED) + " more ranges");
    }
    return String.join(", ", texts);
  }

  private static String text(BlockRange range) {
    return range.count() == 1 ? "" + range.first() : range.first() + " to " + range.last();
  }

  private static Instant time(long seconds) {
    return Instant.ofEpochSecond(seconds);
  }

  private String types() {
    List<String> types = new ArrayList<>();
    tally.transactionsByType.forEach(
        (type, count) -> types.add(String.format("%,d of type %d", count, type)));
    return types.isEmpty() ? "" : ": " + String.join(", ", types);
  }

  private Set<String> parts() {
    Set<String> parts = new TreeSet<>();
    inspection.files().forEach(file -> parts.addAll(file.parts()));
    return parts;
  }

  private String receipts() {
    boolean has = parts().stream().anyMatch(part -> part.endsWith("receipts"));
    return has ? String.format("%,d, with %,d logs", tally.receipts, tally.logs) : "none";
  }

  private String checksums() {
    long listed = inspection.files().stream().filter(file -> file.checksums() != null).count();
    return listed == 0
        ? "none: there is no checksums.txt beside the archive"
        : String.format(
            "checksums.txt lies beside %,d of %,d files", listed, inspection.files().size());
  }

  private String accumulators() {
    long stated = inspection.files().stream().filter(file -> file.accumulator() != null).count();
    long hold = inspection.files().stream().filter(FileFacts::accumulatorCheckable).count();
    if (stated == 0) {
      return "none";
    }
    return stated == 1 && hold == 1 && inspection.files().size() == 1
        ? "holds: " + inspection.files().get(0).accumulator()
        : String.format("stated by %,d files, holds in %,d", stated, hold);
  }

  /** The same as maps and lists, for JSON. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("archive", path);
    map.put("kind", inspection.kind());
    map.put("blocks", tally.blocks);
    map.put("ranges", ranges(inspection.ranges()));
    map.put("gaps", ranges(inspection.gaps()));
    map.put("chain", inspection.chain().name());
    map.put(
        "chain_ids", inspection.chain().chainIds().stream().map(id -> id.toBigInteger()).toList());
    map.put("first_timestamp", tally.firstTimestamp);
    map.put("last_timestamp", tally.lastTimestamp);
    map.put("transactions", tally.transactions);
    map.put("transactions_by_type", tally.transactionsByType);
    map.put("gas_used", tally.gasUsed);
    map.put("encoded_bytes", tally.encodedBytes);
    map.put("receipts", receipts().equals("none") ? null : tally.receipts);
    map.put("logs", receipts().equals("none") ? null : tally.logs);
    map.put("prestates", tally.prestates);
    map.put("ommers", tally.ommers);
    map.put("withdrawals", tally.withdrawals);
    map.put("files", inspection.files().stream().map(InspectionReport::file).toList());
    map.put("notes", inspection.notes());
    if (verified) {
      map.put("checks_passed", tally.checksPassed);
      map.put("failures", inspection.failures().stream().map(Object::toString).toList());
    }
    return map;
  }

  private static List<Map<String, Long>> ranges(List<BlockRange> ranges) {
    List<Map<String, Long>> maps = new ArrayList<>();
    for (BlockRange range : ranges) {
      Map<String, Long> map = new LinkedHashMap<>();
      map.put("first", range.first());
      map.put("last", range.last());
      maps.add(map);
    }
    return maps;
  }

  private static Map<String, Object> file(FileFacts facts) {
    Map<String, Object> file = new LinkedHashMap<>();
    file.put("path", facts.path());
    file.put("bytes", facts.bytes());
    file.put("first", facts.blocks().first());
    file.put("last", facts.blocks().last());
    file.put("parts", facts.parts());
    file.put("accumulator", facts.accumulator() == null ? null : facts.accumulator().toString());
    file.put("accumulator_checked", facts.accumulatorCheckable());
    file.put("checksums", facts.checksums());
    return file;
  }
}
