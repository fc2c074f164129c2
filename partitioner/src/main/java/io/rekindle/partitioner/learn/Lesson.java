package io.rekindle.partitioner.learn;

import io.rekindle.evm.engine.ExecutionObserver.FrameKind;
import io.rekindle.evm.state.AccountReads;
import io.rekindle.evm.state.AccountWrites;
import io.rekindle.evm.state.ReadSet;
import io.rekindle.evm.state.WriteSet;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.UInt256;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What one executed unit teaches. */
final class Lesson {
  private final Templates templates;
  private final UnitObserver observer;
  private final Explainer explainer;
  private final Map<Address, Set<UInt256>> touched = new LinkedHashMap<>();
  private final Map<Address, Set<UInt256>> written = new HashMap<>();
  private final Set<Address> balancesRead = new HashSet<>();

  /** By call, in the order of {@link UnitObserver#calls}. */
  private final List<Set<Pattern>> patterns = new ArrayList<>();

  private final List<Set<Pattern>> changes = new ArrayList<>();
  private final KnownState known;

  Lesson(
      Templates templates, UnitObserver observer, ReadSet reads, WriteSet writes, Address origin) {
    this.templates = templates;
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
    known = new KnownState(new ReadValues(reads), templates.hashes());
  }

  private static void add(Map<Address, Set<UInt256>> into, Address address, UInt256[] slots) {
    if (slots.length > 0) {
      into.computeIfAbsent(address, unseen -> new LinkedHashSet<>()).addAll(List.of(slots));
    }
  }

  void learn() {
    score();
    Map<Address, List<Integer>> callsOf = new HashMap<>();
    for (int call = 0; call < observer.calls().size(); call++) {
      UnitObserver.Call made = observer.calls().get(call);
      patterns.add(new LinkedHashSet<>());
      changes.add(new HashSet<>());
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
    for (int call = 0; call < patterns.size(); call++) {
      for (TemplateKey key : keysOf(observer.calls().get(call))) {
        templates.of(key).learn(patterns.get(call), changes.get(call));
      }
    }
  }

  /** The templates that a call teaches; none where it ran no code. */
  private static List<TemplateKey> keysOf(UnitObserver.Call made) {
    if (made.codeHash() == null) {
      return List.of();
    }
    CallKey kind = new CallKey(made.codeHash(), CallKey.selectorOf(made.input()));
    return List.of(
        new TemplateKey(kind, TemplateKey.ANY),
        new TemplateKey(kind, CallFrame.wordsOf(made.input())));
  }

  private void addCall(UnitObserver.Call made) {
    int parent = made.parent();
    if (made.kind() == FrameKind.CREATE || made.kind() == FrameKind.CREATE2) {
      patterns.get(parent).add(new Pattern.Creation());
      return;
    }
    UInt256 address = UInt256.ofAddress(made.codeAddress());
    List<Expression> targets = explainer.word(address, parent);
    Expression target = targets.isEmpty() ? new Expression.Constant(address) : targets.get(0);
    boolean delegate = made.kind() == FrameKind.DELEGATECALL || made.kind() == FrameKind.CALLCODE;
    Pattern.Call call =
        new Pattern.Call(delegate, target, CallKey.selectorOf(made.input()), made.paid());
    patterns.get(parent).add(call);
    patterns.get(parent).add(new Pattern.Words(call, CallFrame.wordsOf(made.input())));
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

  /** Holds what each call's templates say of its own slots against what was touched. */
  private void score() {
    for (int call = 0; call < observer.calls().size(); call++) {
      UnitObserver.Call made = observer.calls().get(call);
      for (TemplateKey key : keysOf(made)) {
        score(templates.of(key), made, explainer.frame(call));
      }
    }
  }

  private void score(Template template, UnitObserver.Call made, CallFrame frame) {
    int expected = 0;
    int happened = 0;
    Set<UInt256> truth = touched.getOrDefault(made.self(), Set.of());
    for (Pattern pattern : template.likely()) {
      if (pattern instanceof Pattern.Slot slot) {
        UInt256 number = slot.number().evaluate(frame, known);
        expected += number == null ? 0 : 1;
        happened += number != null && truth.contains(number) ? 1 : 0;
      }
    }
    template.score(expected, happened);
  }
}
