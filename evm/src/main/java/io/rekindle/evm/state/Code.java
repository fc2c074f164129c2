package io.rekindle.evm.state;

import io.rekindle.evm.crypto.Keccak256;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import java.util.Arrays;

/**
 * Contract code with its hash and the set of its valid jump destinations, which is computed at the
 * first request and kept. Immutable to the outside; safe to share between threads.
 */
public final class Code {
  /** Keccak-256 of no bytes. */
  public static final Hash EMPTY_HASH =
      Hash.ofHex("c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470");

  public static final Code EMPTY = new Code(EMPTY_HASH, new byte[0]);

  private static final int JUMPDEST = 0x5b;
  private static final int PUSH1 = 0x60;
  private static final int PUSH32 = 0x7f;

  /** Bytes of zeros (STOP) behind the code, so that a PUSH32 at its end reads without a check. */
  private static final int PADDING = 33;

  private Hash hash;
  private final int size;
  private final byte[] padded;
  private long[] jumpDestinations;
  private Address delegate;

  private Code(Hash hash, byte[] bytes) {
    this.hash = hash;
    this.size = bytes.length;
    this.padded = Arrays.copyOf(bytes, bytes.length + PADDING);
  }

  public static Code of(byte[] bytes) {
    return bytes.length == 0 ? EMPTY : new Code(Keccak256.hash(bytes), bytes);
  }

  /** Code whose hash the caller knows to be right. */
  public static Code of(Hash knownHash, byte[] bytes) {
    return bytes.length == 0 ? EMPTY : new Code(knownHash, bytes);
  }

  /**
   * Code that is run once, such as a creation's: its hash is computed only where it is asked for.
   */
  public static Code unhashed(byte[] bytes) {
    return bytes.length == 0 ? EMPTY : new Code(null, bytes);
  }

  public Hash hash() {
    Hash known = hash;
    if (known == null) {
      known = Keccak256.hash(padded, 0, size);
      hash = known;
    }
    return known;
  }

  /** Length in bytes. */
  public int size() {
    return size;
  }

  public boolean isEmpty() {
    return size == 0;
  }

  /** A copy of the code. */
  public byte[] bytes() {
    return Arrays.copyOf(padded, size);
  }

  /** The code followed by at least 33 zero bytes; not to be changed. */
  public byte[] padded() {
    return padded;
  }

  /** Whether the code is an EIP-7702 delegation designator. */
  public boolean isDelegation() {
    return size == 23
        && padded[0] == (byte) 0xef
        && padded[1] == (byte) 0x01
        && padded[2] == (byte) 0x00;
  }

  /** The account that an EIP-7702 delegation designator names. */
  public Address delegate() {
    if (!isDelegation()) {
      throw new IllegalStateException("no delegation designator");
    }
    Address known = delegate;
    if (known == null) {
      known = Address.ofBytes(padded, 3);
      delegate = known;
    }
    return known;
  }

  /**
   * A bit for each byte of the code, set where a JUMPDEST stands that is no PUSH data (Yellow Paper
   * section 9.4.3). Not to be changed.
   */
  public long[] jumpDestinations() {
    long[] known = jumpDestinations;
    if (known == null) {
      // Threads that race here compute the same bits.
      known = analyse();
      jumpDestinations = known;
    }
    return known;
  }

  private long[] analyse() {
    long[] bits = new long[(size >> 6) + 1];
    for (int pc = 0; pc < size; pc++) {
      int opcode = padded[pc] & 0xff;
      if (opcode == JUMPDEST) {
        bits[pc >> 6] |= 1L << pc;
      } else if (opcode >= PUSH1 && opcode <= PUSH32) {
        pc += opcode - PUSH1 + 1;
      }
    }
    return bits;
  }
}
