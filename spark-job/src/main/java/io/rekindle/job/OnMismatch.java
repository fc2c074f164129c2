package io.rekindle.job;

import java.util.Locale;

/** What a run does where a block fails a check. */
public enum OnMismatch {
  /** It ends there; nothing of the window with that block is written. */
  STOP,
  /** It writes the failure down in the table of checks, and goes on as far as it can. */
  RECORD;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
