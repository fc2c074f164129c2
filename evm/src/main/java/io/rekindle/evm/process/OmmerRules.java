package io.rekindle.evm.process;

import io.rekindle.evm.chain.Block;
import io.rekindle.evm.chain.Header;
import io.rekindle.evm.fork.ChainSpec;
import io.rekindle.evm.fork.Fork;
import io.rekindle.evm.word.Hash;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Holds a block's ommers against its ancestors (Yellow Paper section 11.1): at most two, each a
 * valid child of one of the last seven ancestors but the parent, and none included before.
 */
public final class OmmerRules {
  private static final int MAX_OMMERS = 2;

  /** An ommer is at most six generations older, so its parent at most seven. */
  private static final int ANCESTORS = 7;

  private OmmerRules() {}

  /**
   * All checks of a block's ommers.
   *
   * @param ancestors the blocks before, oldest first, the parent last; the last seven matter
   */
  public static List<BlockCheck> check(Block block, List<Block> ancestors, ChainSpec spec) {
    List<BlockCheck> checks = new ArrayList<>();
    List<Header> ommers = block.ommers();
    if (ommers.isEmpty()) {
      return checks;
    }
    long number = block.header().number();
    checks.add(
        new BlockCheck(
            number,
            BlockRule.OMMER_COUNT,
            "at most " + MAX_OMMERS,
            String.valueOf(ommers.size()),
            ommers.size() <= MAX_OMMERS));
    Map<Hash, Header> recent = new HashMap<>();
    Set<Hash> included = new HashSet<>();
    for (Block ancestor :
        ancestors.subList(Math.max(0, ancestors.size() - ANCESTORS), ancestors.size())) {
      recent.put(ancestor.header().hash(), ancestor.header());
      ancestor.ommers().forEach(ommer -> included.add(ommer.hash()));
    }
    Set<Hash> seen = new HashSet<>();
    for (Header ommer : ommers) {
      Hash hash = ommer.hash();
      checks.add(check(number, BlockRule.OMMER_DUPLICATE, "once", hash, seen.add(hash)));
      checks.add(
          check(
              number,
              BlockRule.OMMER_INCLUDED_BEFORE,
              "not before",
              hash,
              !included.contains(hash)));
      checks.add(
          check(
              number, BlockRule.OMMER_IS_ANCESTOR, "no ancestor", hash, !recent.containsKey(hash)));
      checks.addAll(checkParent(block.header(), ommer, recent, spec));
    }
    return checks;
  }

  private static List<BlockCheck> checkParent(
      Header header, Header ommer, Map<Hash, Header> recent, ChainSpec spec) {
    long number = header.number();
    Header parent = recent.get(ommer.parentHash());
    boolean known = parent != null && !ommer.parentHash().equals(header.parentHash());
    List<BlockCheck> checks = new ArrayList<>();
    checks.add(
        check(
            number,
            BlockRule.OMMER_PARENT,
            "one of the last " + ANCESTORS + " but the parent",
            ommer.parentHash(),
            known));
    if (known) {
      Fork fork =
          spec.schedule().forkOfHeader(ommer.number(), ommer.timestamp(), ommer.difficulty());
      for (BlockCheck rule : HeaderRules.check(ommer, parent, fork, spec)) {
        if (!rule.passed()) {
          checks.add(
              BlockCheck.failed(
                  number,
                  BlockRule.OMMER_HEADER,
                  rule.rule() + " " + rule.expected(),
                  rule.actual()));
        }
      }
    }
    return checks;
  }

  private static BlockCheck check(
      long block, BlockRule rule, String expected, Hash actual, boolean passed) {
    return new BlockCheck(block, rule, expected, actual.toString(), passed);
  }
}
