package io.rekindle.job.window;

import io.rekindle.evm.process.BlockCheck;
import io.rekindle.evm.process.BlockRule;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The flat form of the checks of one block. What was found goes along only where it differs. */
public final class CheckCodec {
  private CheckCodec() {}

  /**
   * @param checks all of the same block
   */
  public static void write(List<BlockCheck> checks, DataOutputStream out) throws IOException {
    out.writeInt(checks.size());
    for (BlockCheck check : checks) {
      boolean same = check.actual().equals(check.expected());
      out.writeUTF(check.rule().name());
      out.writeBoolean(check.passed());
      out.writeUTF(check.expected());
      out.writeBoolean(same);
      if (!same) {
        out.writeUTF(check.actual());
      }
    }
  }

  /**
   * @param block number of the block
   */
  public static List<BlockCheck> read(long block, DataInputStream in) throws IOException {
    int count = in.readInt();
    List<BlockCheck> checks = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      BlockRule rule = BlockRule.valueOf(in.readUTF());
      boolean passed = in.readBoolean();
      String expected = in.readUTF();
      String actual = in.readBoolean() ? expected : in.readUTF();
      checks.add(new BlockCheck(block, rule, expected, actual, passed));
    }
    return checks;
  }
}
