package io.rekindle.job;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Charts as inline SVG, 900 units wide. */
final class Charts {
  private static final int WIDTH = 900;
  private static final int LEFT = 56;
  private static final int BASE = 200;
  private static final int TOP = 16;
  private static final String INK = "#3b6fb6";

  private Charts() {}

  /**
   * Values over time, as an area.
   *
   * @param scale that the values are multiplied by
   * @param step seconds from one value to the next
   */
  static String area(double[] values, double scale, double step) {
    double top = roundUp(max(values) * scale);
    double end = values.length * step;
    double perValue = (double) (WIDTH - LEFT - 10) / values.length;
    StringBuilder path = new StringBuilder(text("M%d %d", LEFT, BASE));
    for (int i = 0; i < values.length; i++) {
      double y = y(values[i] * scale, top);
      path.append(text(" L%.1f %.1f L%.1f %.1f", x(i, perValue), y, x(i + 1, perValue), y));
    }
    path.append(text(" L%.1f %d Z", x(values.length, perValue), BASE));
    StringBuilder svg = open(BASE + 24);
    for (int i = 0; i <= 4; i++) {
      double value = top * i / 4;
      svg.append(line(LEFT, y(value, top)))
          .append(label(LEFT - 8, y(value, top) + 4, "end", "", number(value)));
      // The outermost labels stay within the picture.
      String anchor = i == 0 ? "start" : i == 4 ? "end" : "middle";
      svg.append(
          label(
              LEFT + (WIDTH - LEFT - 10) * i / 4.0,
              BASE + 18,
              anchor,
              "",
              number(end * i / 4) + " s"));
    }
    return svg.append(text("<path d=\"%s\" fill=\"%s\" fill-opacity=\"0.85\"/>", path, INK))
        .append("</svg>")
        .toString();
  }

  /**
   * Values by name, as horizontal bars.
   *
   * @param format of the values
   * @param hex whether the names are long hexadecimal numbers
   */
  static String bars(List<Map.Entry<String, Double>> values, String format, boolean hex) {
    int left = hex ? 310 : 130;
    double top = values.stream().mapToDouble(Map.Entry::getValue).max().orElse(0);
    StringBuilder svg = open(24 * values.size() + 4);
    for (int i = 0; i < values.size(); i++) {
      Map.Entry<String, Double> value = values.get(i);
      double width = top <= 0 ? 0 : (WIDTH - left - 90) * value.getValue() / top;
      int y = 24 * i;
      svg.append(label(left - 10, y + 16, "end", hex ? "mono" : "", value.getKey()))
          .append(
              text(
                  "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"16\" fill=\"%s\"/>",
                  left, y + 4, Math.max(1, width), INK))
          .append(label(left + width + 8, y + 16, "start", "", text(format, value.getValue())));
    }
    return svg.append("</svg>").toString();
  }

  /** Counts of classes, as columns. */
  static String columns(List<String> names, long[] counts) {
    double top = 1;
    for (long count : counts) {
      top = Math.max(top, (double) count);
    }
    double perColumn = (double) WIDTH / counts.length;
    StringBuilder svg = open(BASE + 24);
    svg.append(line(0, BASE));
    for (int i = 0; i < counts.length; i++) {
      double middle = perColumn * (i + 0.5);
      double y = y((double) counts[i], top * 1.08);
      svg.append(
              text(
                  "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"%s\"/>",
                  middle - perColumn * 0.35, y, perColumn * 0.7, BASE - y, INK))
          .append(label(middle, y - 5, "middle", "", text("%,d", counts[i])))
          .append(label(middle, BASE + 18, "middle", "", names.get(i)));
    }
    return svg.append("</svg>").toString();
  }

  private static StringBuilder open(int height) {
    return new StringBuilder(
        text(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 %d %d\">",
            WIDTH, height));
  }

  private static double x(int index, double perValue) {
    return LEFT + index * perValue;
  }

  private static double y(double value, double top) {
    return BASE - (BASE - TOP) * value / top;
  }

  private static String line(int left, double y) {
    return text(
        "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"#dfe3e8\"/>",
        left, WIDTH - 10, y, y);
  }

  private static String label(double x, double y, String anchor, String style, String content) {
    return text(
        "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" class=\"%s\">%s</text>",
        x, y, anchor, style, HtmlReport.escape(content));
  }

  private static double max(double[] values) {
    double max = 0;
    for (double value : values) {
      max = Math.max(max, value);
    }
    return max;
  }

  /** The next of 1, 2 or 5 times a power of ten; 1 for nothing. */
  private static double roundUp(double value) {
    if (value <= 0) {
      return 1;
    }
    double power = Math.pow(10, Math.floor(Math.log10(value)));
    for (double factor : new double[] {1, 2, 5}) {
      if (value <= factor * power) {
        return factor * power;
      }
    }
    return 10 * power;
  }

  private static String number(double value) {
    return value == Math.rint(value) || value >= 100
        ? text("%,.0f", value)
        : text(value >= 1 ? "%.1f" : "%.2f", value);
  }

  private static String text(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
