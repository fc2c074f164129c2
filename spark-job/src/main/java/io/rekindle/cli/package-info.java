/**
 * The command line: {@link io.rekindle.cli.Rekindle} is the main class, each subcommand a class of
 * its own. A command's fields and signatures name no class of Spark, so that those without Spark
 * run without it on the class path.
 *
 * <p>Exit codes: 0 for success, 1 where something checked did not hold, 2 for bad input.
 */
package io.rekindle.cli;
