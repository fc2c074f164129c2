package io.rekindle.job;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Timer;
import java.util.TimerTask;

/**
 * Says how far a run is: on a terminal in one line that is written again each second, in a log with
 * a line each half minute.
 */
final class Progress implements AutoCloseable {
  private static final boolean TERMINAL = Boolean.getBoolean("rekindle.terminal");
  private static final int LOG_SECONDS = 30;

  private final RunTotals totals;
  private final long blocks;
  private final PrintStream out;
  private final long start = System.nanoTime();
  private final Timer clock = new Timer("rekindle-progress", true);

  /**
   * @param blocks that the run is to finish
   */
  Progress(RunTotals totals, long blocks, PrintStream out) {
    this.totals = totals;
    this.blocks = blocks;
    this.out = out;
    long millis = TERMINAL ? 1000 : 1000L * LOG_SECONDS;
    TimerTask task =
        new TimerTask() {
          @Override
          public void run() {
            say();
          }
        };
    clock.schedule(task, millis, millis);
  }

  private void say() {
    String line = line(totals.blocks, blocks, totals.gas, (System.nanoTime() - start) / 1e9);
    // Back to the line's start, and whatever was longer there cleared.
    out.print(TERMINAL ? "\r" + line + "\u001b[K" : line + System.lineSeparator());
    out.flush();
  }

  static String line(long done, long all, long gas, double seconds) {
    String left =
        done == 0 ? "no block is finished yet" : duration((all - done) * seconds / done) + " left";
    return String.format(
        Locale.ROOT,
        "%,d of %,d blocks (%d %%), %.1f blocks/s, %.1f Mgas/s, %s",
        done,
        all,
        100 * done / all,
        done / seconds,
        gas / 1e6 / seconds,
        left);
  }

  /** In words, such as {@code 2 h 5 min} or {@code 12 s}. */
  static String duration(double seconds) {
    Duration time = Duration.ofSeconds(Math.round(seconds));
    if (time.toHours() > 0) {
      return time.toHours() + " h " + time.toMinutesPart() + " min";
    }
    return time.toMinutes() > 0
        ? time.toMinutes() + " min " + time.toSecondsPart() + " s"
        : time.toSeconds() + " s";
  }

  @Override
  public void close() {
    clock.cancel();
    if (TERMINAL) {
      out.print("\r\u001b[K");
      out.flush();
    }
  }
}
