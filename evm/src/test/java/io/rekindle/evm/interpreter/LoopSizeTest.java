package io.rekindle.evm.interpreter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;

/**
 * HotSpot leaves methods of 8,000 bytecodes and more to its interpreter (HugeMethodLimit), and
 * inlines a method that is called often up to 325 (FreqInlineSize).
 */
class LoopSizeTest {
  private static final int HUGE_METHOD_LIMIT = 8000;
  private static final int FREQUENT_INLINE_SIZE = 325;
  private static final Pattern INSTRUCTION = Pattern.compile("(?m)^\\s+(\\d+): [a-z]");

  @Test
  void theLoopIsSmallEnoughToBeCompiled() {
    int size = bytecodes(Loop.class, " run(");
    assertTrue(size < HUGE_METHOD_LIMIT - 8, "bytecodes of Loop.run: " + size);
  }

  @Test
  void handlersStayApartFromTheLoop() {
    for (Class<?> type : List.of(Computation.class, Instructions.class)) {
      int size = bytecodes(type, " execute(");
      String message = "bytecodes of " + type.getSimpleName() + ".execute: " + size;
      assertTrue(size > FREQUENT_INLINE_SIZE && size < HUGE_METHOD_LIMIT - 8, message);
    }
  }

  /** The index of the method's last bytecode. */
  private static int bytecodes(Class<?> type, String method) {
    String listing = disassemble(type);
    int start = listing.indexOf(method);
    assertTrue(start > 0, listing);
    int next = listing.indexOf("\n\n", start);
    int end = next < 0 ? listing.length() : next;
    Matcher matcher = INSTRUCTION.matcher(listing.substring(start, end));
    int last = 0;
    while (matcher.find()) {
      last = Math.max(last, Integer.parseInt(matcher.group(1)));
    }
    assertTrue(last > 300, "not the method: " + last);
    return last;
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
