package io.rekindle.snapshot;

import io.rekindle.evm.state.Code;
import io.rekindle.evm.word.Hash;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Keeps one {@link Code} object a hash, for as long as anyone holds it, so that snapshots decoded
 * in one process share code and the analysis of its jump destinations. Safe for threads.
 */
public final class CodePool {
  private static final CodePool SHARED = new CodePool();

  private static final class Held extends WeakReference<Code> {
    private final Hash hash;

    Held(Code code, ReferenceQueue<Code> queue) {
      super(code, queue);
      hash = code.hash();
    }
  }

  private final ConcurrentHashMap<Hash, Held> held = new ConcurrentHashMap<>();
  private final ReferenceQueue<Code> dropped = new ReferenceQueue<>();

  /** The pool of this process. */
  public static CodePool shared() {
    return SHARED;
  }

  /** The code with this hash that is held already, else the given one. */
  public Code intern(Code code) {
    removeDropped();
    while (true) {
      Held mine = new Held(code, dropped);
      Held known = held.putIfAbsent(code.hash(), mine);
      if (known == null) {
        return code;
      }
      Code first = known.get();
      if (first != null) {
        return first;
      }
      held.remove(code.hash(), known);
    }
  }

  /** Codes held. */
  public int size() {
    removeDropped();
    return held.size();
  }

  private void removeDropped() {
    for (Object gone = dropped.poll(); gone != null; gone = dropped.poll()) {
      Held reference = (Held) gone;
      held.remove(reference.hash, reference);
    }
  }
}
