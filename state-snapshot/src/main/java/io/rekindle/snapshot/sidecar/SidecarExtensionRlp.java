package io.rekindle.snapshot.sidecar;

import io.rekindle.evm.rlp.RlpReader;
import io.rekindle.evm.rlp.RlpWriter;
import io.rekindle.evm.state.AccountReads;
import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The extension's form, version 1, in RLP. Accounts are named by their place in the block access
 * list, from 0.
 *
 * <pre>
 * extension  [version, [unit, ...]]         units 0 to n + 1
 * unit       [[read, ...], [mark, ...]]
 * read       [account, kinds, raw_kinds, field..., [slot, value, slot, value, ...]]
 * mark       [account, flags]                flags of {@link AccountMark}
 * </pre>
 *
 * {@code kinds} and {@code raw_kinds} are the bits of {@link AccountReads}. Of the fields there
 * are, in this order: balance, if BALANCE is in either; balance at least, if AT_LEAST; balance
 * below, if BELOW; nonce, if NONCE is in either; code hash, if CODE is in either; dead, exists, has
 * storage, each 0 or 1, if DEAD, EXISTS, HAS_STORAGE. Values are those at the unit's start.
 */
final class SidecarExtensionRlp {
  static final int VERSION = 1;

  private static final int MAX_KINDS = 0xFFFF;

  private SidecarExtensionRlp() {}

  static byte[] encode(Sidecar sidecar) {
    Map<Address, Integer> numbers = new HashMap<>();
    for (AccountAccess account : sidecar.list().accounts()) {
      numbers.put(account.address(), numbers.size());
    }
    RlpWriter out = new RlpWriter(4096);
    int start = out.startList();
    out.uint64(VERSION);
    int units = out.startList();
    for (UnitAccess unit : sidecar.units()) {
      int one = out.startList();
      int reads = out.startList();
      for (AccountReads read : unit.reads()) {
        encode(number(numbers, read.address()), read, out);
      }
      out.endList(reads);
      int marks = out.startList();
      for (AccountMark mark : unit.marks()) {
        int item = out.startList();
        out.uint64(number(numbers, mark.address()));
        out.uint64(mark.flags());
        out.endList(item);
      }
      out.endList(marks);
      out.endList(one);
    }
    return out.endList(units).endList(start).toBytes();
  }

  private static int number(Map<Address, Integer> numbers, Address address) {
    Integer number = numbers.get(address);
    if (number == null) {
      throw new IllegalArgumentException(
          "account " + address + " of the extension is not in the block access list");
    }
    return number;
  }

  private static void encode(int number, AccountReads read, RlpWriter out) {
    int start = out.startList();
    int either = read.kinds() | read.rawKinds();
    out.uint64(number);
    out.uint64(read.kinds());
    out.uint64(read.rawKinds());
    if ((either & AccountReads.BALANCE) != 0) {
      out.uint256(read.balance());
    }
    if (read.has(AccountReads.AT_LEAST)) {
      out.uint256(read.balanceAtLeast());
    }
    if (read.has(AccountReads.BELOW)) {
      out.uint256(read.balanceBelow());
    }
    if ((either & AccountReads.NONCE) != 0) {
      out.uint64(read.nonce());
    }
    if ((either & AccountReads.CODE) != 0) {
      out.hash(read.codeHash());
    }
    flag(read, AccountReads.DEAD, read.dead(), out);
    flag(read, AccountReads.EXISTS, read.exists(), out);
    flag(read, AccountReads.HAS_STORAGE, read.hasStorage(), out);
    int slots = out.startList();
    for (int i = 0; i < read.slots().length; i++) {
      out.uint256(read.slots()[i]);
      out.uint256(read.values()[i]);
    }
    out.endList(slots).endList(start);
  }

  private static void flag(AccountReads read, int kind, boolean value, RlpWriter out) {
    if (read.has(kind)) {
      out.uint64(value ? 1 : 0);
    }
  }

  static List<UnitAccess> decode(BlockAccessList list, byte[] bytes) {
    RlpReader in = RlpReader.of(bytes);
    RlpReader items = in.list("sidecar extension");
    in.end("sidecar extension");
    long version = items.uint64("version");
    if (version != VERSION) {
      throw new IllegalArgumentException(
          "a sidecar extension of version "
              + Long.toUnsignedString(version)
              + ", where this build reads "
              + VERSION);
    }
    List<UnitAccess> units = new ArrayList<>();
    RlpReader unitItems = items.list("units");
    while (unitItems.hasNext()) {
      units.add(decodeUnit(list, unitItems.list("unit")));
    }
    items.end("sidecar extension");
    return units;
  }

  private static UnitAccess decodeUnit(BlockAccessList list, RlpReader in) {
    List<AccountReads> reads = new ArrayList<>();
    RlpReader readItems = in.list("reads");
    while (readItems.hasNext()) {
      reads.add(decodeRead(list, readItems.list("read")));
    }
    List<AccountMark> marks = new ArrayList<>();
    RlpReader markItems = in.list("marks");
    while (markItems.hasNext()) {
      RlpReader mark = markItems.list("mark");
      marks.add(new AccountMark(account(list, mark), mark.uint("flags", 15)));
      mark.end("mark");
    }
    in.end("unit");
    return new UnitAccess(reads, marks);
  }

  private static Address account(BlockAccessList list, RlpReader in) {
    int number = in.uint("account", Integer.MAX_VALUE);
    if (number >= list.accounts().size()) {
      throw new IllegalArgumentException(
          "sidecar extension: account " + number + " is not in the block access list");
    }
    return list.accounts().get(number).address();
  }

  private static AccountReads decodeRead(BlockAccessList list, RlpReader in) {
    Address address = account(list, in);
    int kinds = in.uint("kinds", MAX_KINDS);
    int rawKinds = in.uint("raw_kinds", MAX_KINDS);
    int either = kinds | rawKinds;
    UInt256 balance = (either & AccountReads.BALANCE) != 0 ? in.uint256("balance") : UInt256.ZERO;
    UInt256 atLeast = (kinds & AccountReads.AT_LEAST) != 0 ? in.uint256("at_least") : null;
    UInt256 below = (kinds & AccountReads.BELOW) != 0 ? in.uint256("below") : null;
    long nonce = (either & AccountReads.NONCE) != 0 ? in.uint64("nonce") : 0;
    Hash codeHash = (either & AccountReads.CODE) != 0 ? in.hash("code_hash") : Hash.ZERO;
    boolean dead = (kinds & AccountReads.DEAD) != 0 && in.uint("dead", 1) == 1;
    boolean exists = (kinds & AccountReads.EXISTS) != 0 && in.uint("exists", 1) == 1;
    boolean hasStorage = (kinds & AccountReads.HAS_STORAGE) != 0 && in.uint("has_storage", 1) == 1;
    List<UInt256> slots = new ArrayList<>();
    List<UInt256> values = new ArrayList<>();
    RlpReader slotItems = in.list("slots");
    while (slotItems.hasNext()) {
      slots.add(slotItems.uint256("slot"));
      values.add(slotItems.uint256("value"));
    }
    in.end("read");
    return new AccountReads(
        address,
        kinds,
        rawKinds,
        balance,
        atLeast,
        below,
        nonce,
        codeHash,
        dead,
        exists,
        hasStorage,
        slots.toArray(UInt256[]::new),
        values.toArray(UInt256[]::new));
  }
}
