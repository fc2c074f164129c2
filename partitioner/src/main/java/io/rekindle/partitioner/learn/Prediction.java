package io.rekindle.partitioner.learn;

import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import io.rekindle.partitioner.AccessHints;
import io.rekindle.partitioner.AccessMode;
import io.rekindle.partitioner.HintSource;
import io.rekindle.partitioner.KeyKind;

/** What one transaction is expected to touch, bounded in depth and number of touches. */
final class Prediction {
  private static final int MAX_DEPTH = 8;
  private static final int MAX_TOUCHES = 512;
  private static final HintSource SOURCE = HintSource.TEMPLATE;

  /** A word with fewer bits is a number, or an address that only precompiles have. */
  private static final int LEAST_ADDRESS_BITS = 64;

  private final Templates templates;
  private final AccessHints.Builder builder;
  private final KnownState state;
  private int touches;

  Prediction(Templates templates, AccessHints.Builder builder, KnownState state) {
    this.templates = templates;
    this.builder = builder;
    this.state = state;
  }

  /**
   * Adds what a call of this code does.
   *
   * @param words behind the selector, or {@link TemplateKey#ANY}
   */
  void call(CallFrame frame, Address codeAddress, long selector, int words, int depth) {
    Hash codeHash = state.codeHash(codeAddress);
    Template template =
        codeHash == null ? null : templates.find(new CallKey(codeHash, selector), words);
    if (template == null) {
      if (codeHash != null || depth == 0) {
        guess(frame);
      }
      return;
    }
    if (!template.hasVote()) {
      change(frame.self());
    }
    for (Pattern pattern : template.likely()) {
      if (touches++ > MAX_TOUCHES) {
        return;
      }
      if (pattern instanceof Pattern.Slot slot && template.hasVote()) {
        UInt256 number = slot.number().evaluate(frame, state);
        if (number != null) {
          AccessMode mode = template.changes(pattern) ? AccessMode.WRITE : AccessMode.READ;
          builder.addSlot(frame.self(), number, mode, SOURCE);
        }
      } else if (pattern instanceof Pattern.Call called && depth < MAX_DEPTH) {
        follow(frame, called, template, depth);
      } else if (pattern instanceof Pattern.Balance) {
        builder.add(frame.self(), KeyKind.BALANCE, AccessMode.READ, SOURCE);
      } else if (pattern instanceof Pattern.Creation) {
        builder.add(frame.self(), KeyKind.NONCE, AccessMode.WRITE, SOURCE);
      }
    }
  }

  /** Takes a call of which nothing is known to change its account, and the contracts it names. */
  private void guess(CallFrame frame) {
    change(frame.self());
    for (UInt256 word : frame.arguments()) {
      if (word != null && word.bitLength() <= 160 && word.bitLength() > LEAST_ADDRESS_BITS) {
        Address named = Expression.addressOf(word);
        if (state.codeHash(named) != null) {
          change(named);
        }
      }
    }
  }

  private void change(Address account) {
    builder.add(account, KeyKind.CODE, AccessMode.WRITE, HintSource.GUESS);
  }

  private void follow(CallFrame frame, Pattern.Call called, Template template, int depth) {
    UInt256 target = called.target().evaluate(frame, state);
    if (target == null) {
      return;
    }
    Address callee = Expression.addressOf(target);
    builder.add(callee, KeyKind.CODE, AccessMode.READ, SOURCE);
    if (called.paid()) {
      builder.add(callee, KeyKind.BALANCE, AccessMode.DELTA, SOURCE);
      builder.add(frame.self(), KeyKind.BALANCE, AccessMode.DELTA, SOURCE);
    }
    Template.Input input = template.input(called);
    UInt256[] arguments = new UInt256[input.arguments().length];
    for (int index = 0; index < arguments.length; index++) {
      Expression word = input.arguments()[index];
      arguments[index] = word == null ? null : word.evaluate(frame, state);
    }
    CallFrame inner =
        called.delegate()
            ? new CallFrame(frame.origin(), frame.caller(), frame.self(), arguments)
            : new CallFrame(frame.origin(), frame.self(), callee, arguments);
    call(inner, callee, called.selector(), input.words(), depth + 1);
  }
}
