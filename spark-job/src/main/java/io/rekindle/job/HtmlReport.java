package io.rekindle.job;

import io.rekindle.evm.word.Address;
import io.rekindle.job.output.GroupManifest.Failure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A page about a run that needs nothing but itself: styles and charts are in it. */
final class HtmlReport {
  private static final String STYLE =
      """
      body { font: 15px/1.5 system-ui, sans-serif; color: #1c2430; background: #f5f6f8;
             margin: 0 auto; max-width: 960px; padding: 24px; }
      h1 { font-size: 24px; margin: 0; overflow-wrap: anywhere; } h2 { font-size: 17px; margin: 0 0 4px; }
      p { margin: 0 0 12px; color: #556070; }
      .figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr));
                 gap: 12px; margin: 20px 0; }
      .figures div, section { background: #fff; border: 1px solid #dfe3e8; border-radius: 8px; }
      .figures div { padding: 10px 14px; } .figures b { display: block; font-size: 19px; }
      .figures span { color: #556070; font-size: 13px; }
      section { padding: 16px 20px; margin: 0 0 16px; overflow-x: auto; }
      svg { display: block; width: 100%; height: auto; }
      svg text { font: 12px system-ui, sans-serif; fill: #556070; }
      svg text.mono { font-family: ui-monospace, monospace; font-size: 11px; }
      table { border-collapse: collapse; font-size: 13px; }
      td, th { text-align: left; padding: 4px 12px 4px 0; vertical-align: top; }
      td.mono { font-family: ui-monospace, monospace; overflow-wrap: anywhere; }
      .good { color: #1a7f4b; } .bad { color: #b3261e; }
      """;

  private final RunReport report;
  private final StringBuilder page = new StringBuilder();

  private HtmlReport(RunReport report) {
    this.report = report;
  }

  static String of(RunReport report) {
    HtmlReport html = new HtmlReport(report);
    html.write();
    return html.page.toString();
  }

  private void write() {
    page.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
        .append("<meta name=\"viewport\" content=\"width=device-width\">")
        .append("<title>Rekindle: ")
        .append(escape(report.title()))
        .append("</title>\n<style>\n")
        .append(STYLE)
        .append("</style></head><body>\n<h1>Re-execution of ")
        .append(escape(report.title()))
        .append("</h1>\n<p class=\"")
        .append(report.passed() ? "good\">Every check passed." : "bad\">Checks failed.")
        .append("</p>\n<div class=\"figures\">");
    report
        .figures()
        .forEach(
            (name, value) ->
                page.append("<div><b>")
                    .append(escape(value))
                    .append("</b><span>")
                    .append(escape(name))
                    .append("</span></div>"));
    page.append("</div>\n");
    failures();
    RunTotals totals = report.totals();
    section(
        "Throughput over time",
        "Million gas a second of finished blocks, over the seconds of the run.",
        Charts.area(
            totals.throughput.rates((long) (report.seconds() * 1e9)),
            1e-6,
            totals.throughput.stepSeconds()));
    section(
        "Where the CPU time went",
        "Seconds of CPU by phase; those of tasks are summed over all cores.",
        Charts.bars(labels(report.phaseSeconds()), "%.1f s", false));
    Map<String, Double> accounts = new LinkedHashMap<>();
    for (Map.Entry<Address, Conflicts.Cost> account : report.conflictsByAccount()) {
      accounts.put(account.getKey().toString(), account.getValue().wastedGas() / 1e6);
    }
    section(
        "Conflicts by contract",
        "Million gas of executions that were discarded, by the account whose state was stale.",
        accounts.isEmpty()
            ? "<p>There were none.</p>"
            : Charts.bars(labels(accounts), "%.2f", true));
    section(
        "Partition skew",
        String.format(
            Locale.ROOT,
            "Windows by the time of their longest partition over that of the mean; the worst: %.1f.",
            totals.skew.worst()),
        Charts.columns(skewLabels(), totals.skew.counts()));
    page.append("</body></html>\n");
  }

  private static List<Map.Entry<String, Double>> labels(Map<String, Double> values) {
    List<Map.Entry<String, Double>> sorted = new ArrayList<>(values.entrySet());
    sorted.sort(Map.Entry.<String, Double>comparingByValue().reversed());
    return sorted;
  }

  private static List<String> skewLabels() {
    List<String> labels = new ArrayList<>();
    double from = 1;
    for (double end : Skew.ENDS) {
      labels.add(number(from) + " to " + number(end));
      from = end;
    }
    labels.add("above " + number(from));
    return labels;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value == Math.rint(value) ? "%.0f" : "%.2f", value)
        .replaceFirst("(\\.\\d)0$", "$1");
  }

  private void failures() {
    List<Failure> failures = report.failures();
    if (failures.isEmpty()) {
      return;
    }
    StringBuilder rows =
        new StringBuilder(
            "<table><tr><th>block</th><th>check</th><th>expected</th><th>actual</th></tr>");
    for (Failure failure : failures) {
      rows.append("<tr><td>")
          .append(failure.block())
          .append("</td><td>")
          .append(failure.check().name().toLowerCase(Locale.ROOT))
          .append("</td><td class=\"mono\">")
          .append(escape(failure.expected()))
          .append("</td><td class=\"mono\">")
          .append(escape(failure.actual()))
          .append("</td></tr>");
    }
    section("Failed checks", "The first of them.", rows.append("</table>").toString());
  }

  private void section(String title, String text, String content) {
    page.append("<section><h2>")
        .append(escape(title))
        .append("</h2><p>")
        .append(escape(text))
        .append("</p>")
        .append(content)
        .append("</section>\n");
  }

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
