package io.rekindle.conformance;

import io.rekindle.evm.chain.Block;
import io.rekindle.evm.chain.Header;
import io.rekindle.evm.chain.Senders;
import io.rekindle.evm.engine.AncestorHashes;
import io.rekindle.evm.fork.ChainSpec;
import io.rekindle.evm.fork.Fork;
import io.rekindle.evm.process.BlockExecution;
import io.rekindle.evm.process.BlockProcessor;
import io.rekindle.evm.process.BlockResult;
import io.rekindle.evm.process.BlockRule;
import io.rekindle.evm.rlp.RlpException;
import io.rekindle.evm.state.MissingStateException;
import io.rekindle.evm.state.OverlayState;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import io.rekindle.snapshot.trie.StateTrie;
import io.rekindle.snapshot.trie.TrieState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Blocks that build on each other from a genesis block, branches included. Every block keeps the
 * trie of the state after it, which shares all but what changed with its parent's, so that the next
 * block can build on any.
 */
public final class BlockTree {
  /** Ancestors that ommers can refer to. */
  private static final int ANCESTORS = 8;

  /**
   * A valid block.
   *
   * @param state after it
   * @param totalDifficulty of the chain up to and with it
   */
  public record Node(
      Block block, Hash hash, TrieState state, UInt256 totalDifficulty, Node parent) {
    public Header header() {
      return block.header();
    }
  }

  private final ChainSpec chain;
  private final BlockExecution execution;
  private final Map<Hash, Node> nodes = new HashMap<>();
  private Node head;

  /**
   * A tree with the genesis block alone.
   *
   * @param allocation the complete state after it
   */
  public BlockTree(
      ChainSpec chain, BlockExecution execution, Block genesis, OverlayState allocation) {
    this.chain = chain;
    this.execution = execution;
    TrieState state = new TrieState(StateTrie.EMPTY.apply(allocation), allocation.codes());
    Hash hash = genesis.header().hash();
    this.head = new Node(genesis, hash, state, genesis.header().difficulty(), null);
    nodes.put(hash, head);
  }

  /**
   * The block that the chain ends with: by proof of work the end of the branch with the highest
   * total difficulty, by proof of stake the valid block that came last.
   */
  public Node head() {
    return head;
  }

  /** Adds a block in RLP on top of its parent; says why where it is refused, else null. */
  public Rejection add(byte[] encoded) {
    try {
      return add(Block.decode(encoded));
    } catch (RlpException e) {
      return new Rejection(e.problem(), e.getMessage());
    }
  }

  /** Adds a block on top of its parent; says why where it is refused, else null. */
  public Rejection add(Block block) {
    Node parent = nodes.get(block.header().parentHash());
    if (parent == null) {
      return new Rejection(BlockRule.PARENT_HASH, "no valid block " + block.header().parentHash());
    }
    OverlayState state = new OverlayState(parent.state());
    Fork fork =
        chain.forkAt(block.header().number(), block.header().timestamp(), parent.totalDifficulty());
    StateTrie before = parent.state().trie();
    BlockProcessor processor =
        new BlockProcessor(execution, chain, overlay -> before.apply(overlay).root());
    // With nulls where a signature has no sender.
    List<Address> senders = new ArrayList<>();
    block.transactions().forEach(transaction -> senders.add(Senders.recover(transaction)));
    AncestorHashes hashes = number -> hash(parent, number);
    BlockResult result = processor.process(block, fork, senders, ancestors(parent), hashes, state);
    if (!result.valid()) {
      List<Enum<?>> reasons = reasons(result);
      if (result.units().isEmpty() && !reasons.contains(BlockRule.HEADER_FIELDS)) {
        // Clients differ in whether they execute a block before they look at its roots.
        OverlayState spoilt = new OverlayState(parent.state());
        reasons.addAll(reasons(processor.execute(block, fork, senders, hashes, spoilt)));
      }
      return new Rejection(reasons, result.failures().get(0).toString());
    }
    UInt256 totalDifficulty = parent.totalDifficulty().add(block.header().difficulty());
    Hash hash = block.header().hash();
    Node node = new Node(block, hash, parent.state().apply(state), totalDifficulty, parent);
    nodes.put(hash, node);
    if (fork.proofOfStake() || totalDifficulty.compareTo(head.totalDifficulty()) > 0) {
      head = node;
    }
    return null;
  }

  private static List<Enum<?>> reasons(BlockResult result) {
    List<Enum<?>> reasons = new ArrayList<>();
    if (result.invalid() != null) {
      reasons.add(result.invalid().reason());
    }
    result.failures().forEach(failure -> reasons.add(failure.rule()));
    return reasons;
  }

  private static List<Block> ancestors(Node parent) {
    Deque<Block> ancestors = new ArrayDeque<>();
    for (Node node = parent; node != null && ancestors.size() < ANCESTORS; node = node.parent()) {
      ancestors.addFirst(node.block());
    }
    return new ArrayList<>(ancestors);
  }

  private static Hash hash(Node parent, long number) {
    for (Node node = parent; node != null; node = node.parent()) {
      if (node.header().number() == number) {
        return node.hash();
      }
    }
    throw new MissingStateException("hash of block " + number);
  }
}
