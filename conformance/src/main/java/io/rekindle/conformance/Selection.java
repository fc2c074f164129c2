package io.rekindle.conformance;

import java.util.regex.Pattern;

/**
 * Which cases to run.
 *
 * @param filter to be found in a case's name or its file's, or null for all
 * @param fork the fork or network that a case runs on, case ignored, or null for all
 */
public record Selection(Pattern filter, String fork) {
  public static final Selection ALL = new Selection(null, null);

  boolean wants(String file, String name) {
    return filter == null || filter.matcher(name).find() || filter.matcher(file).find();
  }

  boolean wantsFork(String name) {
    return fork == null || fork.equalsIgnoreCase(name);
  }
}
