package io.rekindle.partitioner.learn;

import io.rekindle.evm.engine.ExecutionObserver.FrameKind;
import io.rekindle.evm.process.Unit;
import io.rekindle.evm.state.AccountReads;
import io.rekindle.evm.state.AccountWrites;
import io.rekindle.evm.state.ReadSet;
import io.rekindle.evm.state.StateReader;
import io.rekindle.evm.state.WriteSet;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import io.rekindle.partitioner.AccessHints;
import io.rekindle.partitioner.AccessMode;
import io.rekindle.partitioner.HintSource;
import io.rekindle.partitioner.KeyKind;
import io.rekindle.partitioner.learn.Template.Pattern;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Access templates: what a call touches, learned from executed units for each code and selector as
 * a function of caller, arguments, constants and stored addresses.
 *
 * <p>A template holds a call's own slots and the calls that it makes, with their arguments; a
 * prediction follows these from template to template. So a swap through a router never seen before
 * with this token is predicted from the router's template and the token's. What is learned stays
 * across windows; the templates used longest ago are dropped beyond a bound. Not safe for threads;
 * the same units in the same order teach the same.
 */
public final class Templates {
  /** Templates that fit about 100 MB. */
  public static final int DEFAULT_CAPACITY = 20_000;

  private static final double LIKELY = 0.5;
  private static final int MAX_DEPTH = 8;
  private static final int MAX_TOUCHES = 512;

  private final Map<CallKey, Template> templates;

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
          protected boolean removeEldestEntry(Map.Entry<CallKey, Template> eldest) {
            return size() > capacity;
          }
        };
  }

  /** How many templates there are. */
  public int size() {
    return templates.size();
  }

  // ---------------------------------------------------------------- prediction

  /**
   * Adds what the transaction is expected to touch to the hints of the builder's last unit; nothing
   * where no template knows its call.
   *
   * @param state to follow code and stored addresses; at best that of the window's start
   */
  public void addPredicted(
      AccessHints.Builder builder, Unit.TransactionUnit unit, StateReader state) {
    if (unit.transaction().isCreate()) {
      return;
    }
    Address to = unit.transaction().to();
    byte[] input = unit.transaction().input();
    CallFrame frame = new CallFrame(unit.sender(), unit.sender(), to, CallFrame.argumentsOf(input));
    new Prediction(builder, new KnownState(state)).call(frame, to, CallKey.selectorOf(input), 0);
  }

  /** Whether a template, with a vote or without, knows the transaction's call. */
  public boolean knows(Unit.TransactionUnit unit, StateReader state) {
    Address to = unit.transaction().to();
    Hash codeHash = to == null ? null : new KnownState(state).codeHash(to);
    return codeHash != null
        && templates.containsKey(
            new CallKey(codeHash, CallKey.selectorOf(unit.transaction().input())));
  }

  private Template find(Hash codeHash, long selector) {
    Template template = templates.get(new CallKey(codeHash, selector));
    return template != null && template.hasVote() ? template : null;
  }

  /** One prediction, bounded in depth and number of touches. */
  private final class Prediction {
    private final AccessHints.Builder builder;
    private final KnownState state;
    private int touches;

    Prediction(AccessHints.Builder builder, KnownState state) {
      this.builder = builder;
      this.state = state;
    }

    void call(CallFrame frame, Address codeAddress, long selector, int depth) {
      Hash codeHash = state.codeHash(codeAddress);
      Template template = codeHash == null ? null : find(codeHash, selector);
      if (template == null || depth > MAX_DEPTH) {
        return;
      }
      for (Pattern pattern : template.likely(LIKELY)) {
        if (touches++ > MAX_TOUCHES) {
          return;
        }
        if (pattern instanceof Pattern.Slot slot) {
          UInt256 number = slot.number().evaluate(frame, state);
          if (number != null) {
            AccessMode mode = template.changes(pattern) ? AccessMode.WRITE : AccessMode.READ;
            builder.addSlot(frame.self(), number, mode, HintSource.TEMPLATE);
          }
        } else if (pattern instanceof Pattern.Call called) {
          follow(frame, called, template.arguments(called, LIKELY), depth);
        } else if (pattern instanceof Pattern.Balance) {
          builder.add(frame.self(), KeyKind.BALANCE, AccessMode.READ, HintSource.TEMPLATE);
        }
      }
    }

    private void follow(CallFrame frame, Pattern.Call called, Expression[] passed, int depth) {
      UInt256 target = called.target().evaluate(frame, state);
      if (target == null) {
        return;
      }
      Address callee = Expression.addressOf(target);
      builder.add(callee, KeyKind.CODE, AccessMode.READ, HintSource.TEMPLATE);
      if (called.paid()) {
        builder.add(callee, KeyKind.BALANCE, AccessMode.DELTA, HintSource.TEMPLATE);
        builder.add(frame.self(), KeyKind.BALANCE, AccessMode.DELTA, HintSource.TEMPLATE);
      }
      UInt256[] arguments = new UInt256[passed.length];
      for (int index = 0; index < arguments.length; index++) {
        arguments[index] = passed[index] == null ? null : passed[index].evaluate(frame, state);
      }
      CallFrame inner =
          called.delegate()
              ? new CallFrame(frame.origin(), frame.caller(), frame.self(), arguments)
              : new CallFrame(frame.origin(), frame.self(), callee, arguments);
      call(inner, callee, called.selector(), depth + 1);
    }
  }

  // ---------------------------------------------------------------- learning

  /**
   * Learns from an executed transaction.
   *
   * @param observer that watched it, and nothing since
   * @param reads with the values at the unit's start
   */
  public void learn(
      Unit.TransactionUnit unit, UnitObserver observer, ReadSet reads, WriteSet writes) {
    if (!observer.calls().isEmpty()) {
      new Lesson(observer, reads, writes, unit.sender()).learn();
    }
  }

  /** What one executed unit teaches. */
  private final class Lesson {
    private final UnitObserver observer;
    private final Explainer explainer;
    private final Map<Address, Set<UInt256>> touched = new LinkedHashMap<>();
    private final Map<Address, Set<UInt256>> written = new HashMap<>();
    private final Set<Address> balancesRead = new HashSet<>();
    private final Map<Integer, Set<Pattern>> patterns = new LinkedHashMap<>();
    private final Map<Integer, Set<Pattern>> changes = new HashMap<>();
    private final KnownState known;

    Lesson(UnitObserver observer, ReadSet reads, WriteSet writes, Address origin) {
      this.observer = observer;
      this.explainer = new Explainer(observer, reads, origin);
      for (AccountReads account : reads.accounts()) {
        add(touched, account.address(), account.slots());
        if (account.has(AccountReads.BALANCE)) {
          balancesRead.add(account.address());
        }
      }
      for (AccountWrites account : writes.accounts()) {
        add(touched, account.address(), account.slots());
        add(written, account.address(), account.slots());
      }
      known = new KnownState(new ReadValues(reads));
    }

    private void add(Map<Address, Set<UInt256>> into, Address address, UInt256[] slots) {
      if (slots.length > 0) {
        into.computeIfAbsent(address, unseen -> new LinkedHashSet<>()).addAll(List.of(slots));
      }
    }

    void learn() {
      score();
      Map<Address, List<Integer>> callsOf = new HashMap<>();
      for (int call = 0; call < observer.calls().size(); call++) {
        UnitObserver.Call made = observer.calls().get(call);
        patterns.put(call, new LinkedHashSet<>());
        changes.put(call, new HashSet<>());
        callsOf.computeIfAbsent(made.self(), unseen -> new ArrayList<>()).add(call);
        if (balancesRead.contains(made.self())) {
          patterns.get(call).add(new Pattern.Balance());
        }
        if (made.parent() >= 0) {
          addCall(made);
        }
      }
      touched.forEach(
          (address, slots) -> {
            List<Integer> calls = callsOf.getOrDefault(address, List.of());
            for (UInt256 slot : slots) {
              addSlot(address, slot, calls);
            }
          });
      for (int call = 0; call < observer.calls().size(); call++) {
        UnitObserver.Call made = observer.calls().get(call);
        if (made.codeHash() != null) {
          templates
              .computeIfAbsent(keyOf(made), unseen -> new Template())
              .learn(patterns.get(call), changes.get(call));
        }
      }
    }

    private CallKey keyOf(UnitObserver.Call call) {
      return new CallKey(call.codeHash(), CallKey.selectorOf(call.input()));
    }

    private void addCall(UnitObserver.Call made) {
      if (made.kind() == FrameKind.CREATE || made.kind() == FrameKind.CREATE2) {
        return;
      }
      int parent = made.parent();
      UInt256 address = UInt256.ofAddress(made.codeAddress());
      List<Expression> targets = explainer.word(address, parent);
      Expression target = targets.isEmpty() ? new Expression.Constant(address) : targets.get(0);
      boolean delegate = made.kind() == FrameKind.DELEGATECALL || made.kind() == FrameKind.CALLCODE;
      Pattern.Call call =
          new Pattern.Call(delegate, target, CallKey.selectorOf(made.input()), made.paid());
      patterns.get(parent).add(call);
      UInt256[] arguments = CallFrame.argumentsOf(made.input());
      for (int index = 0; index < arguments.length; index++) {
        for (Expression word : explainer.word(arguments[index], parent)) {
          patterns.get(parent).add(new Pattern.Passed(call, index, word));
        }
      }
    }

    /** A hashed slot belongs to the call that hashed; any other to all calls on the account. */
    private void addSlot(Address address, UInt256 slot, List<Integer> calls) {
      Set<Integer> hashing = explainer.hashingCalls(slot);
      boolean write = written.getOrDefault(address, Set.of()).contains(slot);
      boolean anyHashing = calls.stream().anyMatch(hashing::contains);
      for (int call : calls) {
        if (!anyHashing || hashing.contains(call)) {
          for (Expression expression : explainer.slot(slot, call)) {
            Pattern pattern = new Pattern.Slot(expression);
            patterns.get(call).add(pattern);
            if (write) {
              changes.get(call).add(pattern);
            }
          }
        }
      }
    }

    /** Holds what each call's template says of its own slots against what was touched. */
    private void score() {
      for (int call = 0; call < observer.calls().size(); call++) {
        UnitObserver.Call made = observer.calls().get(call);
        Template template = made.codeHash() == null ? null : templates.get(keyOf(made));
        if (template != null) {
          score(template, made, explainer.frame(call));
        }
      }
    }

    private void score(Template template, UnitObserver.Call made, CallFrame frame) {
      int expected = 0;
      int happened = 0;
      Set<UInt256> truth = touched.getOrDefault(made.self(), Set.of());
      for (Pattern pattern : template.likely(LIKELY)) {
        if (pattern instanceof Pattern.Slot slot) {
          UInt256 number = slot.number().evaluate(frame, known);
          expected += number == null ? 0 : 1;
          happened += number != null && truth.contains(number) ? 1 : 0;
        }
      }
      template.score(expected, happened);
    }
  }
}
