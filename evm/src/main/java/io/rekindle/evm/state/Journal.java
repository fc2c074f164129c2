package io.rekindle.evm.state;

import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.Hash;
import io.rekindle.evm.word.UInt256;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The state of one unit while it runs: what it changed on top of a {@link StateReader}, an undo log
 * to roll calls back, and what it learned of the state at its start.
 *
 * <p>Recording follows the design's rule that a read is what was <em>learned</em>, not what was
 * loaded. A credit or a fee teaches nothing of a balance; a funds check teaches a bound on the
 * balance at the unit's start; only an exact look (BALANCE, SELFDESTRUCT) teaches its value.
 * Rolling back undoes changes, never what was learned, since that steered the control flow. Marks
 * of learning are bits set in passing; {@link #reads()} turns them into a {@link ReadSet}.
 *
 * <p>One journal serves many units, one after another: {@link #reset} starts each. Not safe for
 * threads. Words are passed as four limbs, least significant first, in an array at an offset.
 */
public final class Journal {
  private static final int UNDO_BALANCE = 0;
  private static final int UNDO_NONCE = 1;
  private static final int UNDO_CODE = 2;
  private static final int UNDO_TOUCH = 3;
  private static final int UNDO_WARM = 4;
  private static final int UNDO_CREATED = 5;
  private static final int UNDO_DESTROYED = 6;
  private static final int UNDO_SLOT = 7;
  private static final int UNDO_SLOT_WARM = 8;
  private static final int UNDO_TRANSIENT = 9;
  private static final int UNDO_LOG = 10;
  private static final int UNDO_REFUND = 11;

  private static final int SLOT_LOADED = 1;
  private static final int SLOT_WARM = 2;
  private static final int SLOT_LEARNED = 4;

  private static final UInt256[] NO_SLOTS = {};

  /** The precompile whose touch survives a rollback, as in mainnet block 2,675,119. */
  private static final Address RIPEMD160 = Address.of(0, 0, 3);

  private StateReader reader;

  private JournalAccount[] accounts = new JournalAccount[64];
  private int accountCount;
  private int[] accountBuckets = new int[256];

  private final SlotTable slots = new SlotTable();
  private final SlotTable transients = new SlotTable();
  private final List<Log> logs = new ArrayList<>();
  private long refund;

  /** The account of {@link #RIPEMD160} where its touch was rolled back, but not forgotten. */
  private JournalAccount survivingTouch;

  private int undoCount;
  private byte[] undoKinds = new byte[256];
  private JournalAccount[] undoAccounts = new JournalAccount[256];
  private Code[] undoCodes = new Code[256];
  private int[] undoSlots = new int[256];
  private long[] undoWords = new long[4 * 256];

  /** Starts a unit on the given state. Handles from before are void. */
  public void reset(StateReader newReader) {
    reader = newReader;
    if (accountBuckets.length > 4096 && accountCount < accountBuckets.length / 32) {
      accountBuckets = new int[256];
    } else {
      Arrays.fill(accountBuckets, 0);
    }
    accountCount = 0;
    slots.clear();
    transients.clear();
    logs.clear();
    refund = 0;
    survivingTouch = null;
    Arrays.fill(undoCodes, 0, undoCount, null);
    undoCount = 0;
  }

  /**
   * Starts the next of several messages of one unit that know nothing of each other, such as system
   * calls: access list, transient storage, refund and undo log start anew. State stays.
   */
  public void startMessage() {
    for (int number = 0; number < accountCount; number++) {
      accounts[number].warm = false;
    }
    for (int slot = 0; slot < slots.count(); slot++) {
      slots.unset(slot, SLOT_WARM);
    }
    transients.clear();
    refund = 0;
    Arrays.fill(undoCodes, 0, undoCount, null);
    undoCount = 0;
  }

  // ---------------------------------------------------------------- checkpoints

  /** A mark to roll back to. */
  public int checkpoint() {
    return undoCount;
  }

  /** Undoes every change since the mark: state, warmth, logs, refund. What was learned stays. */
  public void rollback(int checkpoint) {
    while (undoCount > checkpoint) {
      undoCount--;
      undo(undoCount);
    }
  }

  private void undo(int entry) {
    int word = 4 * entry;
    JournalAccount account = undoAccounts[entry];
    switch (undoKinds[entry]) {
      case UNDO_BALANCE -> System.arraycopy(undoWords, word, account.balance, 0, 4);
      case UNDO_NONCE -> {
        account.nonce = undoWords[word];
        account.nonceWritten = undoWords[word + 1] != 0;
      }
      case UNDO_CODE -> {
        account.code = undoCodes[entry];
        account.codeHash = account.code.hash();
        account.codeWritten = undoWords[word] != 0;
      }
      case UNDO_TOUCH -> {
        account.touched = false;
        if (account.address.equals(RIPEMD160)) {
          survivingTouch = account;
        }
      }
      case UNDO_WARM -> account.warm = false;
      case UNDO_CREATED -> account.created = false;
      case UNDO_DESTROYED -> account.destroyed = false;
      case UNDO_SLOT -> System.arraycopy(undoWords, word, slots.values(), 4 * undoSlots[entry], 4);
      case UNDO_SLOT_WARM -> slots.unset(undoSlots[entry], SLOT_WARM);
      case UNDO_TRANSIENT ->
          System.arraycopy(undoWords, word, transients.values(), 4 * undoSlots[entry], 4);
      case UNDO_LOG -> logs.remove(logs.size() - 1);
      case UNDO_REFUND -> refund = undoWords[word];
      default -> throw new IllegalStateException("undo kind " + undoKinds[entry]);
    }
  }

  private int log(int kind, JournalAccount account) {
    if (undoCount == undoKinds.length) {
      int size = 2 * undoCount;
      undoKinds = Arrays.copyOf(undoKinds, size);
      undoAccounts = Arrays.copyOf(undoAccounts, size);
      undoCodes = Arrays.copyOf(undoCodes, size);
      undoSlots = Arrays.copyOf(undoSlots, size);
      undoWords = Arrays.copyOf(undoWords, 4 * size);
    }
    undoKinds[undoCount] = (byte) kind;
    undoAccounts[undoCount] = account;
    return undoCount++;
  }

  // ---------------------------------------------------------------- accounts

  /** The handle of an account; nothing is loaded or learned by this. */
  public JournalAccount account(Address address) {
    JournalAccount known = lookUp(address.limb2(), address.limb1(), address.limb0());
    return known == null ? add(address) : known;
  }

  /** The handle of the account named by the low 160 bits of a word. */
  public JournalAccount account(long[] limbs, int offset) {
    JournalAccount known = lookUp(limbs[offset + 2], limbs[offset + 1], limbs[offset]);
    return known == null ? add(Address.ofLimbs(limbs, offset)) : known;
  }

  private JournalAccount lookUp(long limb2, long limb1, long limb0) {
    int mask = accountBuckets.length - 1;
    int bucket = Address.hash(limb2, limb1, limb0) & mask;
    for (int held = accountBuckets[bucket]; held != 0; held = accountBuckets[bucket]) {
      JournalAccount account = accounts[held - 1];
      if (account.address.matches(limb2, limb1, limb0)) {
        return account;
      }
      bucket = (bucket + 1) & mask;
    }
    return null;
  }

  private JournalAccount add(Address address) {
    if (accountCount == accounts.length) {
      accounts = Arrays.copyOf(accounts, 2 * accountCount);
    }
    JournalAccount account = accounts[accountCount];
    if (account == null) {
      account = new JournalAccount();
      accounts[accountCount] = account;
    }
    account.reset(accountCount, address);
    accountCount++;
    if (2 * accountCount > accountBuckets.length) {
      accountBuckets = new int[2 * accountBuckets.length];
      for (int number = 0; number < accountCount; number++) {
        place(number);
      }
    } else {
      place(accountCount - 1);
    }
    return account;
  }

  private void place(int number) {
    int mask = accountBuckets.length - 1;
    int bucket = accounts[number].address.hashCode() & mask;
    while (accountBuckets[bucket] != 0) {
      bucket = (bucket + 1) & mask;
    }
    accountBuckets[bucket] = number + 1;
  }

  private void load(JournalAccount account) {
    if (!account.loaded) {
      Account base = reader.account(account.address);
      account.baseExists = base != null;
      if (base == null) {
        base = Account.EMPTY;
      }
      account.baseNonce = base.nonce();
      account.baseBalance = base.balance();
      account.baseCodeHash = base.codeHash();
      account.nonce = base.nonce();
      base.balance().toLimbs(account.balance, 0);
      account.codeHash = base.codeHash();
      account.loaded = true;
    }
  }

  /** Puts the account into the access list of EIP-2929; answers whether it already was there. */
  public boolean warm(JournalAccount account) {
    if (account.warm) {
      return true;
    }
    account.warm = true;
    log(UNDO_WARM, account);
    return false;
  }

  public boolean isWarm(JournalAccount account) {
    return account.warm;
  }

  /** Marks the account as touched (EIP-161); before Spurious Dragon this creates it. */
  public void touch(JournalAccount account) {
    if (!account.touched) {
      account.touched = true;
      log(UNDO_TOUCH, account);
    }
  }

  public boolean isTouched(JournalAccount account) {
    return account.touched;
  }

  /**
   * Forgets the touch of RIPEMD-160 that a rollback left behind: it survives the failure of a
   * nested call (mainnet block 2,675,119), not that of the whole transaction.
   */
  public void forgetSurvivingTouch() {
    survivingTouch = null;
  }

  // ---------------------------------------------------------------- balances

  /** Writes the exact balance; learns it. */
  public void balance(JournalAccount account, long[] limbs, int offset) {
    load(account);
    account.kinds |= AccountReads.BALANCE;
    account.rawKinds |= AccountReads.BALANCE;
    System.arraycopy(account.balance, 0, limbs, offset, 4);
  }

  /** The exact balance; learns it. */
  public UInt256 balance(JournalAccount account) {
    load(account);
    account.kinds |= AccountReads.BALANCE;
    account.rawKinds |= AccountReads.BALANCE;
    return UInt256.ofLimbs(account.balance, 0);
  }

  public boolean hasFunds(JournalAccount account, long[] limbs, int offset) {
    return hasFunds(account, UInt256.ofLimbs(limbs, offset));
  }

  /**
   * Whether the balance is at least {@code amount}; learns a bound on the balance at the unit's
   * start: the amount less what the unit itself has gained, and nothing where that is not positive.
   */
  public boolean hasFunds(JournalAccount account, UInt256 amount) {
    if (amount.isZero()) {
      return true;
    }
    load(account);
    account.rawKinds |= AccountReads.BALANCE;
    UInt256 current = UInt256.ofLimbs(account.balance, 0);
    boolean enough = current.compareTo(amount) >= 0;
    learnBound(account, current, amount, enough);
    return enough;
  }

  private static void learnBound(
      JournalAccount account, UInt256 current, UInt256 amount, boolean enough) {
    UInt256 sum = amount.add(account.baseBalance);
    boolean carry = sum.compareTo(amount) < 0;
    if (!carry && sum.compareTo(current) <= 0) {
      return;
    }
    UInt256 needed = sum.subtract(current);
    if (carry && sum.compareTo(current) >= 0) {
      // More than 2^256 - 1 would be needed at the start: no balance answers otherwise.
      return;
    }
    if (enough) {
      account.kinds |= AccountReads.AT_LEAST;
      if (account.atLeast == null || account.atLeast.compareTo(needed) < 0) {
        account.atLeast = needed;
      }
    } else {
      account.kinds |= AccountReads.BELOW;
      if (account.below == null || account.below.compareTo(needed) > 0) {
        account.below = needed;
      }
    }
  }

  /**
   * Speculation: takes it that the account holds {@code amount} at the unit's start, and learns
   * that as a bound. Only before the unit has changed the account.
   */
  public void assumeFunds(JournalAccount account, UInt256 amount) {
    load(account);
    if (account.baseBalance.compareTo(amount) < 0) {
      account.kinds |= AccountReads.FUNDS_UNMET;
      account.baseBalance = amount;
      amount.toLimbs(account.balance, 0);
    }
    hasFunds(account, amount);
  }

  /** Credits the account and touches it; nothing is learned. */
  public void addBalance(JournalAccount account, UInt256 amount) {
    touch(account);
    if (!amount.isZero()) {
      setBalance(account, UInt256.ofLimbs(balanceOf(account), 0).add(amount));
    }
  }

  public void addBalance(JournalAccount account, long[] limbs, int offset) {
    addBalance(account, UInt256.ofLimbs(limbs, offset));
  }

  /** Debits the account and touches it. The caller has asked {@link #hasFunds} before. */
  public void subtractBalance(JournalAccount account, UInt256 amount) {
    touch(account);
    if (!amount.isZero()) {
      setBalance(account, UInt256.ofLimbs(balanceOf(account), 0).subtract(amount));
    }
  }

  public void subtractBalance(JournalAccount account, long[] limbs, int offset) {
    subtractBalance(account, UInt256.ofLimbs(limbs, offset));
  }

  private long[] balanceOf(JournalAccount account) {
    load(account);
    account.rawKinds |= AccountReads.BALANCE;
    return account.balance;
  }

  private void setBalance(JournalAccount account, UInt256 value) {
    int entry = log(UNDO_BALANCE, account);
    System.arraycopy(account.balance, 0, undoWords, 4 * entry, 4);
    value.toLimbs(account.balance, 0);
  }

  // ---------------------------------------------------------------- nonce, code, existence

  /** The exact nonce, unsigned; learns it. */
  public long nonce(JournalAccount account) {
    load(account);
    account.kinds |= AccountReads.NONCE;
    account.rawKinds |= AccountReads.NONCE;
    return account.nonce;
  }

  /** Speculation: takes it that the nonce at the unit's start is this. */
  public void assumeNonce(JournalAccount account, long nonce) {
    load(account);
    if (account.baseNonce != nonce) {
      account.kinds |= AccountReads.NONCE_UNMET;
    }
    account.baseNonce = nonce;
    account.nonce = nonce;
    account.kinds |= AccountReads.NONCE | AccountReads.NONCE_ASSUMED;
    account.rawKinds |= AccountReads.NONCE;
  }

  public void setNonce(JournalAccount account, long nonce) {
    load(account);
    int entry = log(UNDO_NONCE, account);
    undoWords[4 * entry] = account.nonce;
    undoWords[4 * entry + 1] = account.nonceWritten ? 1 : 0;
    account.nonce = nonce;
    account.nonceWritten = true;
    touch(account);
  }

  /** The code; learns its hash. */
  public Code code(JournalAccount account) {
    learnCode(account);
    Code code = account.code;
    if (code == null) {
      code = account.codeHash.equals(Code.EMPTY_HASH) ? Code.EMPTY : reader.code(account.codeHash);
      account.code = code;
    }
    return code;
  }

  /** The hash of the code; learns it. */
  public Hash codeHash(JournalAccount account) {
    learnCode(account);
    return account.codeHash;
  }

  private void learnCode(JournalAccount account) {
    load(account);
    account.kinds |= AccountReads.CODE;
    account.rawKinds |= AccountReads.CODE;
  }

  public void setCode(JournalAccount account, Code code) {
    Code before = code(account);
    int entry = log(UNDO_CODE, account);
    undoCodes[entry] = before;
    undoWords[4 * entry] = account.codeWritten ? 1 : 0;
    account.code = code;
    account.codeHash = code.hash();
    account.codeWritten = true;
    touch(account);
  }

  /**
   * Whether nonce and balance are zero and there is no code, be there an account or not (EIP-161's
   * "dead"). Learns no more of the base than the answer needs.
   */
  public boolean isDead(JournalAccount account) {
    load(account);
    account.rawKinds |= AccountReads.BALANCE | AccountReads.NONCE | AccountReads.CODE;
    if (account.nonce != 0 && (account.nonceWritten || (account.kinds & AccountReads.NONCE) != 0)) {
      return false;
    }
    UInt256 current = UInt256.ofLimbs(account.balance, 0);
    int order = current.compareTo(account.baseBalance);
    if (order > 0) {
      return false;
    }
    if (!account.codeHash.equals(Code.EMPTY_HASH)) {
      if (!account.codeWritten) {
        // Code decides, and changes less often than a balance does.
        account.kinds |= AccountReads.CODE;
      }
      return false;
    }
    if (order == 0 && !account.nonceWritten && !account.codeWritten) {
      account.kinds |= AccountReads.DEAD;
      return account.baseDead();
    }
    account.kinds |= AccountReads.BALANCE;
    if (!current.isZero()) {
      return false;
    }
    account.kinds |= AccountReads.NONCE | AccountReads.CODE;
    return account.nonce == 0 && account.codeHash.equals(Code.EMPTY_HASH);
  }

  /** Whether there is an account, be it empty or not: the rule before Spurious Dragon. */
  public boolean exists(JournalAccount account) {
    if (account.touched) {
      return true;
    }
    load(account);
    account.kinds |= AccountReads.EXISTS;
    account.rawKinds |= AccountReads.BALANCE | AccountReads.NONCE | AccountReads.CODE;
    return account.baseExists;
  }

  /** Whether the account has any storage (EIP-7610); asked before a contract is created there. */
  public boolean hasStorage(JournalAccount account) {
    load(account);
    if (account.created) {
      return false;
    }
    if ((account.kinds & AccountReads.HAS_STORAGE) == 0) {
      account.kinds |= AccountReads.HAS_STORAGE;
      account.baseHasStorage = reader.hasStorage(account.address);
    }
    return account.baseHasStorage;
  }

  /**
   * Marks that a contract is created here: its storage starts empty and SELFDESTRUCT may delete it.
   */
  public void markCreated(JournalAccount account) {
    load(account);
    if (!account.created) {
      account.created = true;
      log(UNDO_CREATED, account);
    }
    touch(account);
  }

  /** Marks the account to be deleted at the end of the unit; answers whether it already was. */
  public boolean markDestroyed(JournalAccount account) {
    if (account.destroyed) {
      return true;
    }
    account.destroyed = true;
    log(UNDO_DESTROYED, account);
    touch(account);
    return false;
  }

  // ---------------------------------------------------------------- storage

  /**
   * The slot of an account with the key at {@code offset}; nothing is loaded or learned by this.
   */
  public int slot(JournalAccount account, long[] limbs, int offset) {
    int before = slots.count();
    int slot = slots.find(account.number, limbs, offset);
    if (slot == before) {
      slots.link(slot, account.firstSlot);
      account.firstSlot = slot;
    }
    return slot;
  }

  public int slot(JournalAccount account, UInt256 key) {
    long[] limbs = new long[4];
    key.toLimbs(limbs, 0);
    return slot(account, limbs, 0);
  }

  /** Puts the slot into the access list of EIP-2929; answers whether it already was there. */
  public boolean warmSlot(int slot) {
    if (slots.has(slot, SLOT_WARM)) {
      return true;
    }
    slots.set(slot, SLOT_WARM);
    // The index first: growing the log replaces the array.
    int entry = log(UNDO_SLOT_WARM, null);
    undoSlots[entry] = slot;
    return false;
  }

  private void loadSlot(int slot) {
    slots.set(slot, SLOT_LOADED);
    JournalAccount account = accounts[slots.account(slot)];
    if (account.created) {
      return;
    }
    slots.set(slot, SLOT_LEARNED);
    int at = 4 * slot;
    UInt256 value = reader.storage(account.address, UInt256.ofLimbs(slots.keys(), at));
    value.toLimbs(slots.values(), at);
    value.toLimbs(slots.originals(), at);
  }

  /**
   * The array that holds the slot's current value at {@code 4 * slot}, loaded; learns the value at
   * the unit's start. Valid until the next call of {@link #slot}; not to be changed.
   */
  public long[] slotValues(int slot) {
    if (!slots.has(slot, SLOT_LOADED)) {
      loadSlot(slot);
    }
    return slots.values();
  }

  /**
   * As {@link #slotValues}, for the value at the start of the transaction (EIP-2200's original).
   */
  public long[] slotOriginals(int slot) {
    if (!slots.has(slot, SLOT_LOADED)) {
      loadSlot(slot);
    }
    return slots.originals();
  }

  /** Sets the slot's value; SSTORE's gas has looked at the old one before. */
  public void store(int slot, long[] limbs, int offset) {
    if (!slots.has(slot, SLOT_LOADED)) {
      loadSlot(slot);
    }
    int entry = log(UNDO_SLOT, null);
    undoSlots[entry] = slot;
    System.arraycopy(slots.values(), 4 * slot, undoWords, 4 * entry, 4);
    System.arraycopy(limbs, offset, slots.values(), 4 * slot, 4);
  }

  /** TLOAD (EIP-1153). */
  public void loadTransient(JournalAccount account, long[] key, int keyOffset, long[] out, int to) {
    int slot = transients.find(account.number, key, keyOffset);
    System.arraycopy(transients.values(), 4 * slot, out, to, 4);
  }

  /** TSTORE (EIP-1153). */
  public void storeTransient(
      JournalAccount account, long[] key, int keyOffset, long[] value, int valueOffset) {
    int slot = transients.find(account.number, key, keyOffset);
    int entry = log(UNDO_TRANSIENT, null);
    undoSlots[entry] = slot;
    System.arraycopy(transients.values(), 4 * slot, undoWords, 4 * entry, 4);
    System.arraycopy(value, valueOffset, transients.values(), 4 * slot, 4);
  }

  // ---------------------------------------------------------------- logs and refunds

  public void addLog(Log entry) {
    logs.add(entry);
    log(UNDO_LOG, null);
  }

  /** The logs so far, in order; a copy. */
  public List<Log> logs() {
    return List.copyOf(logs);
  }

  /** Adds to the refund counter; may be negative (EIP-2200). */
  public void addRefund(long gas) {
    // The index first: growing the log replaces the array.
    int entry = log(UNDO_REFUND, null);
    undoWords[4 * entry] = refund;
    refund += gas;
  }

  public long refund() {
    return refund;
  }

  // ---------------------------------------------------------------- outcome

  /** Whether any account is marked as destroyed. */
  public List<JournalAccount> destroyed() {
    List<JournalAccount> found = new ArrayList<>();
    for (int number = 0; number < accountCount; number++) {
      if (accounts[number].destroyed) {
        found.add(accounts[number]);
      }
    }
    return found;
  }

  /** What the unit learned of the state at its start. */
  public ReadSet reads() {
    List<AccountReads> list = new ArrayList<>(accountCount);
    for (int number = 0; number < accountCount; number++) {
      JournalAccount account = accounts[number];
      int learned = countSlots(account, true);
      if ((account.kinds | account.rawKinds) != 0 || learned > 0) {
        list.add(readsOf(account, learned));
      }
    }
    return new ReadSet(list);
  }

  private int countSlots(JournalAccount account, boolean learned) {
    int found = 0;
    for (int slot = account.firstSlot; slot >= 0; slot = slots.next(slot)) {
      if (learned ? slots.has(slot, SLOT_LEARNED) : isChanged(slot)) {
        found++;
      }
    }
    return found;
  }

  private boolean isChanged(int slot) {
    return !Arrays.equals(
        slots.values(), 4 * slot, 4 * slot + 4, slots.originals(), 4 * slot, 4 * slot + 4);
  }

  private AccountReads readsOf(JournalAccount account, int learned) {
    UInt256[] keys = learned == 0 ? NO_SLOTS : new UInt256[learned];
    UInt256[] values = learned == 0 ? NO_SLOTS : new UInt256[learned];
    int index = learned;
    for (int slot = account.firstSlot; slot >= 0; slot = slots.next(slot)) {
      if (slots.has(slot, SLOT_LEARNED)) {
        index--;
        keys[index] = UInt256.ofLimbs(slots.keys(), 4 * slot);
        values[index] = UInt256.ofLimbs(slots.originals(), 4 * slot);
      }
    }
    return new AccountReads(
        account.address,
        account.kinds,
        account.rawKinds,
        account.baseBalance,
        account.atLeast,
        account.below,
        account.baseNonce,
        account.baseCodeHash,
        account.loaded && account.baseDead(),
        account.baseExists,
        account.baseHasStorage,
        keys,
        values);
  }

  /**
   * What the unit changes.
   *
   * @param clearsEmptyAccounts the fork's rule for touched accounts (EIP-161)
   */
  public WriteSet writes(boolean clearsEmptyAccounts) {
    List<AccountWrites> list = new ArrayList<>();
    for (int number = 0; number < accountCount; number++) {
      JournalAccount account = accounts[number];
      boolean touched = account.touched || (clearsEmptyAccounts && account == survivingTouch);
      if (touched || account.firstSlot >= 0) {
        AccountWrites writes = writesOf(account, touched);
        if (writes != null) {
          list.add(writes);
        }
      }
    }
    return new WriteSet(list, clearsEmptyAccounts);
  }

  private AccountWrites writesOf(JournalAccount account, boolean touched) {
    if (account.destroyed) {
      return new AccountWrites(
          account.address,
          UInt256.ZERO,
          UInt256.ZERO,
          false,
          0,
          null,
          account.created,
          true,
          true,
          NO_SLOTS,
          NO_SLOTS);
    }
    int changed = countSlots(account, false);
    if (!touched && changed == 0) {
      return null;
    }
    UInt256[] keys = NO_SLOTS;
    UInt256[] values = NO_SLOTS;
    if (changed > 0) {
      keys = new UInt256[changed];
      values = new UInt256[changed];
      int index = changed;
      for (int slot = account.firstSlot; slot >= 0; slot = slots.next(slot)) {
        if (isChanged(slot)) {
          index--;
          keys[index] = UInt256.ofLimbs(slots.keys(), 4 * slot);
          values[index] = UInt256.ofLimbs(slots.values(), 4 * slot);
        }
      }
    }
    if (!account.loaded) {
      return new AccountWrites(
          account.address,
          UInt256.ZERO,
          UInt256.ZERO,
          false,
          0,
          null,
          account.created,
          false,
          touched,
          keys,
          values);
    }
    UInt256 balance = UInt256.ofLimbs(account.balance, 0);
    boolean gained = balance.compareTo(account.baseBalance) > 0;
    UInt256 difference =
        gained ? balance.subtract(account.baseBalance) : account.baseBalance.subtract(balance);
    return new AccountWrites(
        account.address,
        gained ? difference : UInt256.ZERO,
        gained ? UInt256.ZERO : difference,
        account.nonce != account.baseNonce,
        account.nonce,
        account.codeHash.equals(account.baseCodeHash) ? null : account.code,
        account.created,
        false,
        touched,
        keys,
        values);
  }
}
