package io.rekindle.partitioner.learn;

import io.rekindle.evm.process.Unit;
import io.rekindle.evm.state.ReadSet;
import io.rekindle.evm.state.StateReader;
import io.rekindle.evm.state.WriteSet;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.partitioner.AccessHints;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Access templates: what a call touches, learned from executed units for each code and selector as
 * a function of caller, arguments, constants and stored addresses.
 *
 * <p>A template holds a call's own slots and the calls that it makes, with their arguments; a
 * prediction follows these from template to template. So a swap through a router never seen before
 * with this token is predicted from the router's template and the token's. Calls whose inputs are
 * of the same length have a template of their own beside that of their kind, since lists and what
 * is done for each of their elements make up much of what differs between calls. What is learned
 * stays across windows; the templates used longest ago are dropped beyond a bound. Not safe for
 * threads; the same units in the same order teach the same.
 */
public final class Templates {
  /** Templates that fit about 100 MB. */
  public static final int DEFAULT_CAPACITY = 20_000;

  /** Calls of one length after which their own template is asked instead of their kind's. */
  private static final int ENOUGH = 3;

  private final Map<TemplateKey, Template> templates;
  private final PreimageHashes hashes = new PreimageHashes();

  public Templates() {
    this(DEFAULT_CAPACITY);
  }

  /**
   * @param capacity how many templates are kept
   */
  public Templates(int capacity) {
    templates =
        new LinkedHashMap<>(64, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<TemplateKey, Template> eldest) {
            return size() > capacity;
          }
        };
  }

  /** How many templates there are. */
  public int size() {
    return templates.size();
  }

  /**
   * Adds what the transaction is expected to touch to the hints of the builder's last unit. Where
   * no template knows a call, the account that it works on is taken to change as a whole.
   *
   * @param state to follow code and stored addresses; at best that of the window's start
   */
  public void addPredicted(
      AccessHints.Builder builder, Unit.TransactionUnit unit, StateReader state) {
    if (unit.sender() == null
        || unit.transaction().isCreate()
        || unit.transaction().input().length == 0) {
      return;
    }
    Address to = unit.transaction().to();
    byte[] input = unit.transaction().input();
    CallFrame frame = new CallFrame(unit.sender(), unit.sender(), to, CallFrame.argumentsOf(input));
    new Prediction(this, builder, new KnownState(state, hashes))
        .call(frame, to, CallKey.selectorOf(input), CallFrame.wordsOf(input), 0);
  }

  /** Whether a template, with a vote or without, knows the transaction's call. */
  public boolean knows(Unit.TransactionUnit unit, StateReader state) {
    Address to = unit.transaction().to();
    Hash codeHash = to == null ? null : new KnownState(state, hashes).codeHash(to);
    return codeHash != null
        && known(new CallKey(codeHash, CallKey.selectorOf(unit.transaction().input()))) != null;
  }

  /**
   * Learns from an executed transaction.
   *
   * @param observer that watched it, and nothing since
   * @param reads with the values at the unit's start
   */
  public void learn(
      Unit.TransactionUnit unit, UnitObserver observer, ReadSet reads, WriteSet writes) {
    if (!observer.calls().isEmpty()) {
      new Lesson(this, observer, reads, writes, unit.sender()).learn();
    }
  }

  /** The best template for a call, or null; it may have no vote on slots. */
  Template find(CallKey call, int words) {
    Template exact = words == TemplateKey.ANY ? null : templates.get(new TemplateKey(call, words));
    if (exact != null && exact.runs() >= ENOUGH && exact.hasVote()) {
      return exact;
    }
    return known(call);
  }

  private Template known(CallKey call) {
    return templates.get(new TemplateKey(call, TemplateKey.ANY));
  }

  /** Hashes that predictions have asked for. */
  PreimageHashes hashes() {
    return hashes;
  }

  /** The template to teach, made where there was none. */
  Template of(TemplateKey key) {
    return templates.computeIfAbsent(key, unseen -> new Template());
  }
}
