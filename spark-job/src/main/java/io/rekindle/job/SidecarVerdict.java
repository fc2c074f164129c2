package io.rekindle.job;

import io.rekindle.evm.process.Unit;
import io.rekindle.job.window.WindowBlocks;
import io.rekindle.merge.WindowSidecars;
import io.rekindle.snapshot.sidecar.BlockAccessList;
import io.rekindle.snapshot.sidecar.Sidecar;
import io.rekindle.snapshot.sidecar.SidecarCheck;
import io.rekindle.snapshot.sidecar.SidecarDifference;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * What holding sidecars against the blocks they are of has given. The blocks' units, checked and
 * where stale run again on the merged state, are the truth: a wrong sidecar has cost time alone.
 */
final class SidecarVerdict {
  /** Wrong sidecars that are named; the others are only counted. */
  private static final int MAX_NAMED = 20;

  private final List<String> named = new ArrayList<>();
  private long checked;
  private long wrong;

  /** Holds a window's sidecars against what its units did; blocks with an invalid one have none. */
  void check(MergedStep step) {
    if (step.window().sidecars() == null || step.merged().invalidUnit() >= 0) {
      return;
    }
    WindowBlocks window = step.window().window();
    List<Unit> units = window.units();
    Iterator<Sidecar> observed =
        WindowSidecars.of(units, step.merged(), step.step().before()).iterator();
    List<Sidecar> claimed = step.window().sidecars().decoded();
    for (int block = 0; block < window.size(); block++) {
      boolean empty = window.firstUnit(block) == window.firstUnit(block + 1);
      add(
          window.block(block).header().number(),
          SidecarCheck.difference(
              claimed.get(block),
              empty ? new Sidecar(new BlockAccessList(List.of()), List.of()) : observed.next()));
    }
  }

  private void add(long block, SidecarDifference difference) {
    checked++;
    if (difference != null) {
      wrong++;
      if (named.size() < MAX_NAMED) {
        named.add("wrong sidecar: block " + block + ", " + difference);
      }
    }
  }

  /** Whether all were right. */
  boolean passed() {
    return wrong == 0;
  }

  /** The first wrong ones, a line each, and how many there are; nothing where none was checked. */
  List<String> lines() {
    if (checked == 0) {
      return List.of();
    }
    List<String> lines = new ArrayList<>(named);
    lines.add(String.format("%,d sidecars proven, %,d wrong", checked - wrong, wrong));
    return lines;
  }
}
