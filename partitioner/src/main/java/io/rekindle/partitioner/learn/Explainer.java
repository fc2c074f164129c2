package io.rekindle.partitioner.learn;

import io.rekindle.evm.state.AccountReads;
import io.rekindle.evm.state.ReadSet;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.UInt256;
import io.rekindle.partitioner.learn.Expression.Argument;
import io.rekindle.partitioner.learn.Expression.Caller;
import io.rekindle.partitioner.learn.Expression.Constant;
import io.rekindle.partitioner.learn.Expression.Hashed;
import io.rekindle.partitioner.learn.Expression.HashedPair;
import io.rekindle.partitioner.learn.Expression.Offset;
import io.rekindle.partitioner.learn.Expression.Origin;
import io.rekindle.partitioner.learn.Expression.Self;
import io.rekindle.partitioner.learn.Expression.StoredAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds expressions for the words of one executed unit. A word may have several explanations (a
 * caller who is also the first argument); all up to a bound are given, and later calls tell which
 * was meant, since the wrong ones stop occurring.
 */
final class Explainer {
  private static final int MAX_DEPTH = 4;
  private static final int MAX_EXPLANATIONS = 4;
  private static final int MAX_OFFSET = 64;

  /** Words below this are more likely a constant of the code than an address or a hash. */
  private static final int SMALL_BITS = 16;

  private final UnitObserver unit;
  private final List<CallFrame> frames = new ArrayList<>();

  /** Preimages by the highest limb of the hash, which a small offset leaves alone. */
  private final Map<Long, List<UnitObserver.Preimage>> hashes = new HashMap<>();

  /** Slots read, by the address in the low bits of their value. */
  private final Map<Address, List<StoredAt>> stored = new HashMap<>();

  /** Whose hashes may explain a word. */
  private enum Hashes {
    OF_CALL,
    OF_ANY_CALL
  }

  private record StoredAt(Address account, UInt256 slot) {}

  Explainer(UnitObserver unit, ReadSet reads, Address origin) {
    this.unit = unit;
    for (UnitObserver.Call call : unit.calls()) {
      UInt256[] arguments = CallFrame.argumentsOf(call.input());
      frames.add(new CallFrame(origin, call.caller(), call.self(), arguments));
    }
    for (UnitObserver.Preimage preimage : unit.preimages()) {
      List<UnitObserver.Preimage> list =
          hashes.computeIfAbsent(preimage.hash().limb3(), unseen -> new ArrayList<>());
      if (list.size() < MAX_EXPLANATIONS * 4) {
        list.add(preimage);
      }
    }
    for (AccountReads account : reads.accounts()) {
      for (int slot = 0; slot < account.slots().length; slot++) {
        Address value = Expression.addressOf(account.values()[slot]);
        if (account.values()[slot].bitLength() > 64) {
          stored
              .computeIfAbsent(value, unseen -> new ArrayList<>(1))
              .add(new StoredAt(account.address(), account.slots()[slot]));
        }
      }
    }
  }

  CallFrame frame(int call) {
    return frames.get(call);
  }

  /** The calls that computed a hash at which, or shortly before which, the slot lies. */
  Set<Integer> hashingCalls(UInt256 slot) {
    Set<Integer> found = new HashSet<>();
    for (UnitObserver.Preimage preimage : hashes.getOrDefault(slot.limb3(), List.of())) {
      if (offset(slot, preimage.hash()) >= 0) {
        found.add(preimage.call());
      }
    }
    return found;
  }

  private static int offset(UInt256 word, UInt256 hash) {
    UInt256 difference = word.subtract(hash);
    return difference.fitsLong() && difference.limb0() >= 0 && difference.limb0() < MAX_OFFSET
        ? (int) difference.limb0()
        : -1;
  }

  /** Explanations of a slot's number in terms of a call, best first; never none. */
  List<Expression> slot(UInt256 word, int call) {
    List<Expression> found = new ArrayList<>();
    addHashed(found, word, call, 0, Hashes.OF_CALL);
    if (found.isEmpty()) {
      found.add(new Constant(word));
    }
    return found;
  }

  /** Explanations of an address or an argument; none where it is no more than a number. */
  List<Expression> word(UInt256 word, int call) {
    return explain(word, call, 0);
  }

  private List<Expression> explain(UInt256 word, int call, int depth) {
    return explain(word, call, depth, Hashes.OF_CALL);
  }

  private List<Expression> explain(UInt256 word, int call, int depth, Hashes from) {
    List<Expression> found = new ArrayList<>();
    addVariables(found, word, call);
    if (word.bitLength() > SMALL_BITS && found.isEmpty() && depth < MAX_DEPTH) {
      addHashed(found, word, call, depth, from);
      if (found.isEmpty() && word.bitLength() <= 160) {
        addStored(found, word, call, depth);
      }
    }
    return found;
  }

  private void addVariables(List<Expression> found, UInt256 word, int call) {
    CallFrame frame = frames.get(call);
    if (matches(word, frame.caller())) {
      found.add(new Caller());
    }
    for (int index = 0; index < frame.arguments().length; index++) {
      if (word.equals(frame.arguments()[index]) && found.size() < MAX_EXPLANATIONS) {
        found.add(new Argument(index));
      }
    }
    if (matches(word, frame.self())) {
      found.add(new Self());
    }
    if (matches(word, frame.origin()) && !frame.origin().equals(frame.caller())) {
      found.add(new Origin());
    }
  }

  private static boolean matches(UInt256 word, Address address) {
    return word.limb3() == 0
        && word.limb2() >>> 32 == 0
        && address.matches(word.limb2(), word.limb1(), word.limb0());
  }

  private void addHashed(List<Expression> found, UInt256 word, int call, int depth, Hashes from) {
    boolean address = word.bitLength() <= 160;
    List<UnitObserver.Preimage> near =
        address ? unit.preimages() : hashes.getOrDefault(word.limb3(), List.of());
    for (UnitObserver.Preimage preimage : near) {
      // An address made by CREATE2 is the low bits of a hash of 85 bytes (EIP-1014).
      int places =
          address
              ? (preimage.bytes().length == 85 && sameAddress(word, preimage.hash()) ? 0 : -1)
              : offset(word, preimage.hash());
      if (places >= 0 && (from == Hashes.OF_ANY_CALL || preimage.call() == call)) {
        for (Expression hashed : hashed(preimage, call, depth + 1, from)) {
          Expression whole = places == 0 ? hashed : new Offset(hashed, places);
          if (!found.contains(whole) && found.size() < MAX_EXPLANATIONS) {
            found.add(whole);
          }
        }
      }
    }
  }

  private static boolean sameAddress(UInt256 word, UInt256 hash) {
    return Expression.addressOf(word).equals(Expression.addressOf(hash));
  }

  private List<Expression> hashed(
      UnitObserver.Preimage preimage, int call, int depth, Hashes from) {
    List<Integer> lengths = pieces(preimage.bytes().length);
    if (lengths.isEmpty()) {
      return List.of();
    }
    List<List<Expression>> combinations = new ArrayList<>();
    combinations.add(List.of());
    int at = 0;
    for (int length : lengths) {
      byte[] padded = new byte[32];
      System.arraycopy(preimage.bytes(), at, padded, 32 - length, length);
      at += length;
      combinations = append(combinations, piece(UInt256.ofBytes(padded), call, depth, from));
    }
    List<Expression> expressions = new ArrayList<>();
    for (List<Expression> combination : combinations) {
      expressions.add(
          isSortedPair(preimage.bytes())
              ? pair(combination.get(0), combination.get(1))
              : new Hashed(lengths, combination));
    }
    return expressions;
  }

  private static boolean isSortedPair(byte[] preimage) {
    return preimage.length == 40 && Arrays.compareUnsigned(preimage, 0, 20, preimage, 20, 40) < 0;
  }

  /** The pair in an order of its own, so that both directions of a swap teach the same. */
  private static Expression pair(Expression one, Expression other) {
    return one.toString().compareTo(other.toString()) < 0
        ? new HashedPair(one, other)
        : new HashedPair(other, one);
  }

  private static List<List<Expression>> append(
      List<List<Expression>> combinations, List<Expression> choices) {
    List<List<Expression>> longer = new ArrayList<>();
    for (List<Expression> combination : combinations) {
      for (Expression choice : choices) {
        if (longer.size() < MAX_EXPLANATIONS) {
          List<Expression> appended = new ArrayList<>(combination);
          appended.add(choice);
          longer.add(List.copyOf(appended));
        }
      }
    }
    return longer;
  }

  private List<Expression> piece(UInt256 word, int call, int depth, Hashes from) {
    List<Expression> found = new ArrayList<>();
    boolean small = word.bitLength() <= SMALL_BITS;
    if (small) {
      found.add(new Constant(word));
    }
    found.addAll(explain(word, call, depth, from));
    if (found.isEmpty()) {
      found.add(new Constant(word));
    }
    return found;
  }

  /** How preimages of this length are packed; empty where it is no shape that mappings use. */
  private static List<Integer> pieces(int length) {
    return switch (length) {
      case 32 -> List.of(32);
      case 64 -> List.of(32, 32);
      case 96 -> List.of(32, 32, 32);
      case 128 -> List.of(32, 32, 32, 32);
      case 40 -> List.of(20, 20);
      case 52 -> List.of(20, 32);
      case 85 -> List.of(1, 20, 32, 32);
      default -> List.of();
    };
  }

  private void addStored(List<Expression> found, UInt256 word, int call, int depth) {
    Address self = frames.get(call).self();
    for (StoredAt at : stored.getOrDefault(Expression.addressOf(word), List.of())) {
      if (found.size() >= MAX_EXPLANATIONS) {
        return;
      }
      Expression account = account(at.account(), self, call, depth);
      List<Expression> numbers = new ArrayList<>();
      // What another account stores was looked up by a call to it, which did the hashing.
      Hashes from = at.account().equals(self) ? Hashes.OF_CALL : Hashes.OF_ANY_CALL;
      addHashed(numbers, at.slot(), call, depth + 1, from);
      boolean constant = hashingCalls(at.slot()).isEmpty();
      if (numbers.isEmpty() && (constant || account instanceof Constant)) {
        numbers.add(new Constant(at.slot()));
      }
      for (Expression number : numbers) {
        found.add(new StoredAddress(account, number));
      }
    }
  }

  private Expression account(Address account, Address self, int call, int depth) {
    if (account.equals(self)) {
      return new Self();
    }
    List<Expression> explained = explain(UInt256.ofAddress(account), call, depth + 1);
    return explained.isEmpty() ? new Constant(UInt256.ofAddress(account)) : explained.get(0);
  }
}
