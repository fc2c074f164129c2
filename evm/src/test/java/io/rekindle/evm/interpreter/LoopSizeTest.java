package io.rekindle.evm.interpreter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;

/** HotSpot leaves methods of 8,000 bytecodes and more to its interpreter (HugeMethodLimit). */
class LoopSizeTest {
  private static final int HUGE_METHOD_LIMIT = 8000;
  private static final Pattern INSTRUCTION = Pattern.compile("(?m)^\\s+(\\d+): [a-z]");

  @Test
  void theLoopIsSmallEnoughToBeCompiled() {
    String listing = disassemble(Loop.class);
    int start = listing.indexOf(" run(");
    assertTrue(start > 0, listing);
    int end = listing.indexOf("\n\n", start);
    Matcher matcher = INSTRUCTION.matcher(listing.substring(start, end));
    int last = 0;
    while (matcher.find()) {
      last = Math.max(last, Integer.parseInt(matcher.group(1)));
    }
    assertTrue(last > 500, "not the loop: " + last);
    assertTrue(last < HUGE_METHOD_LIMIT - 8, "bytecodes of Loop.run: " + last);
  }

  private static String disassemble(Class<?> type) {
    StringWriter out = new StringWriter();
    String path = System.getProperty("surefire.test.class.path");
    if (path == null) {
      path = System.getProperty("java.class.path");
    }
    int exit =
        ToolProvider.findFirst("javap")
            .orElseThrow()
            .run(
                new PrintWriter(out),
                new PrintWriter(out),
                "-c",
                "-p",
                "-cp",
                path,
                type.getName());
    assertEquals(0, exit, out::toString);
    return out.toString();
  }
}
