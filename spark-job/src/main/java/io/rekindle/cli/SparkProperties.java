package io.rekindle.cli;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Takes options that are not on the command line from properties, which spark-submit passes on from
 * {@code --conf} and its files: {@code --window-gas} is {@code spark.rekindle.windowGas}.
 */
final class SparkProperties implements IDefaultValueProvider {
  static final String PREFIX = "spark.rekindle.";

  @Override
  public String defaultValue(ArgSpec argument) {
    return argument instanceof OptionSpec option
        ? System.getProperty(PREFIX + propertyOf(option.longestName()))
        : null;
  }

  /** The name of an option in camel case, without dashes. */
  static String propertyOf(String option) {
    StringBuilder name = new StringBuilder();
    for (String word : option.replaceFirst("^-+", "").split("-", -1)) {
      name.append(
          name.length() == 0
              ? word
              : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
    }
    return name.toString();
  }

  /**
   * Refuses properties that stand for no option, since they would be without effect.
   *
   * @throws IllegalArgumentException where there is one
   */
  static void refuseUnknown(CommandSpec command) {
    Set<String> known = new TreeSet<>();
    command.options().forEach(option -> known.add(propertyOf(option.longestName())));
    for (String name : System.getProperties().stringPropertyNames()) {
      if (name.startsWith(PREFIX) && !known.contains(name.substring(PREFIX.length()))) {
        throw new IllegalArgumentException(
            "there is no property " + name + "; there are " + PREFIX + String.join(", ", known));
      }
    }
  }
}
