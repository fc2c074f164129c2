package io.rekindle.partitioner.learn;

import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.UInt256;
import java.util.List;

/**
 * How a word (a slot's number, a callee's address, an argument) follows from a call. Solidity keeps
 * a mapping's value for {@code key} at {@code keccak(key . base)}, so an ERC-20 balance of the
 * caller is {@code Hash(Caller, Constant(base))}, and an allowance nests that.
 */
sealed interface Expression {
  /** The word, or null where it rests on something not known. */
  UInt256 evaluate(CallFrame frame, KnownState state);

  /** The low 160 bits of a word. */
  static Address addressOf(UInt256 word) {
    return Address.of(word.limb2(), word.limb1(), word.limb0());
  }

  /** Always the same word. */
  record Constant(UInt256 word) implements Expression {
    @Override
    public UInt256 evaluate(CallFrame frame, KnownState state) {
      return word;
    }
  }

  /** The account that calls. */
  record Caller() implements Expression {
    @Override
    public UInt256 evaluate(CallFrame frame, KnownState state) {
      return frame.caller() == null ? null : UInt256.ofAddress(frame.caller());
    }
  }

  /** The transaction's sender. */
  record Origin() implements Expression {
    @Override
    public UInt256 evaluate(CallFrame frame, KnownState state) {
      return UInt256.ofAddress(frame.origin());
    }
  }

  /** The account whose storage the code works on. */
  record Self() implements Expression {
    @Override
    public UInt256 evaluate(CallFrame frame, KnownState state) {
      return UInt256.ofAddress(frame.self());
    }
  }

  /** A word of the input behind the selector. */
  record Argument(int index) implements Expression {
    @Override
    public UInt256 evaluate(CallFrame frame, KnownState state) {
      return frame.argument(index);
    }
  }

  /** The address that a storage slot holds, flags packed above it dropped. */
  record StoredAddress(Expression account, Expression slot) implements Expression {
    @Override
    public UInt256 evaluate(CallFrame frame, KnownState state) {
      UInt256 owner = account.evaluate(frame, state);
      UInt256 number = owner == null ? null : slot.evaluate(frame, state);
      UInt256 held = number == null ? null : state.storage(addressOf(owner), number);
      return held == null ? null : UInt256.ofAddress(addressOf(held));
    }
  }

  /** Keccak-256 of pieces, each the low bytes of a word. */
  record Hashed(List<Integer> lengths, List<Expression> pieces) implements Expression {
    @Override
    public UInt256 evaluate(CallFrame frame, KnownState state) {
      int total = 0;
      for (int length : lengths) {
        total += length;
      }
      byte[] preimage = new byte[total];
      int at = 0;
      for (int piece = 0; piece < pieces.size(); piece++) {
        UInt256 word = pieces.get(piece).evaluate(frame, state);
        if (word == null) {
          return null;
        }
        int length = lengths.get(piece);
        if (length == 32) {
          word.toBytes(preimage, at);
        } else {
          System.arraycopy(word.toBytes(), 32 - length, preimage, at, length);
        }
        at += length;
      }
      return state.hash(preimage);
    }
  }

  /**
   * Keccak-256 of two addresses, packed, the smaller first: how pools of two tokens are named,
   * whichever way a swap goes through them.
   */
  record HashedPair(Expression one, Expression other) implements Expression {
    @Override
    public UInt256 evaluate(CallFrame frame, KnownState state) {
      UInt256 first = one.evaluate(frame, state);
      UInt256 second = first == null ? null : other.evaluate(frame, state);
      if (second == null) {
        return null;
      }
      Address a = addressOf(first);
      Address b = addressOf(second);
      byte[] preimage = new byte[40];
      (a.compareTo(b) < 0 ? a : b).toBytes(preimage, 0);
      (a.compareTo(b) < 0 ? b : a).toBytes(preimage, 20);
      return state.hash(preimage);
    }
  }

  /** A word some places behind another: a member of a struct, an element of an array. */
  record Offset(Expression base, int places) implements Expression {
    @Override
    public UInt256 evaluate(CallFrame frame, KnownState state) {
      UInt256 word = base.evaluate(frame, state);
      return word == null ? null : word.add(UInt256.of(places));
    }
  }
}
