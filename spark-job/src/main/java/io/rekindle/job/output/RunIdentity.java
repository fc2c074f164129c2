package io.rekindle.job.output;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What decides the rows of a run, by name. Only a run with the same identity may add to a folder.
 * How a run is cut, planned and spread is not part of it: the rows are equal whatever it is.
 */
public record RunIdentity(@JsonProperty("values") SortedMap<String, String> values) {
  public static RunIdentity of(Map<String, String> values) {
    return new RunIdentity(new TreeMap<>(values));
  }

  /** What differs, in words for the one who gives the options; null where nothing does. */
  String differenceTo(RunIdentity found) {
    TreeMap<String, String> names = new TreeMap<>(found.values);
    names.putAll(values);
    for (String name : names.keySet()) {
      String mine = values.get(name);
      String theirs = found.values.get(name);
      if (mine == null || !mine.equals(theirs)) {
        return "its " + name + " is " + theirs + ", not " + mine;
      }
    }
    return null;
  }
}
