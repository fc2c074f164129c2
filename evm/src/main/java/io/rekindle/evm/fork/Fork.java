package io.rekindle.evm.fork;

import java.util.function.Consumer;

/**
 * The rules of one fork, each a named field; immutable. A fork is its predecessor with the lines
 * that change. Which opcodes exist is in the opcode table, which precompiles in their registry;
 * both ask {@link #isAtLeast}, and nothing else does.
 *
 * <p>Sources: the Yellow Paper and the EIPs named at each field, held against the reference
 * specification (ethereum/execution-specs).
 */
public final class Fork implements Cloneable {

  public static final Fork FRONTIER = new Fork();

  public static final Fork HOMESTEAD =
      FRONTIER.next(
          "Homestead",
          f -> {
            f.txCreateGas = 53_000;
            f.lowSRequired = true;
            f.createDepositMustBePaid = true;
            f.difficultyRule = DifficultyRule.HOMESTEAD;
          });

  /** Homestead's rules; the block of the fork itself moves balances (EIP-779). */
  public static final Fork DAO = HOMESTEAD.next("DAO", f -> {});

  /** EIP-608. */
  public static final Fork TANGERINE_WHISTLE =
      DAO.next(
          "TangerineWhistle",
          f -> {
            f.sloadGas = 200;
            f.balanceGas = 400;
            f.extcodeGas = 700;
            f.callGas = 700;
            f.selfDestructGas = 5_000;
            f.selfDestructNewAccountGas = 25_000;
            f.allButOne64th = true;
          });

  /** EIP-607. */
  public static final Fork SPURIOUS_DRAGON =
      TANGERINE_WHISTLE.next(
          "SpuriousDragon",
          f -> {
            f.replayProtection = true;
            f.expByteGas = 50;
            f.clearsEmptyAccounts = true;
            f.createdNonce = 1;
            f.maxCodeSize = 24_576;
          });

  /** EIP-609. */
  public static final Fork BYZANTIUM =
      SPURIOUS_DRAGON.next(
          "Byzantium",
          f -> {
            f.statusReceipts = true;
            f.blockReward = 3_000_000_000_000_000_000L;
            f.difficultyRule = DifficultyRule.BYZANTIUM;
            f.bombDelay = 3_000_000;
          });

  /** EIP-1013. */
  public static final Fork CONSTANTINOPLE =
      BYZANTIUM.next(
          "Constantinople",
          f -> {
            f.sstoreRule = SstoreRule.EIP_1283;
            f.blockReward = 2_000_000_000_000_000_000L;
            f.bombDelay = 5_000_000;
          });

  /** EIP-1716. */
  public static final Fork PETERSBURG =
      CONSTANTINOPLE.next("Petersburg", f -> f.sstoreRule = SstoreRule.ORIGINAL);

  /** EIP-1679. */
  public static final Fork ISTANBUL =
      PETERSBURG.next(
          "Istanbul",
          f -> {
            f.txDataNonZeroGas = 16;
            f.sloadGas = 800;
            f.balanceGas = 700;
            f.extcodehashGas = 700;
            f.sstoreRule = SstoreRule.EIP_2200;
            f.bn254Repriced = true;
          });

  /** EIP-2387. */
  public static final Fork MUIR_GLACIER =
      ISTANBUL.next("MuirGlacier", f -> f.bombDelay = 9_000_000);

  /** EIP-2070. */
  public static final Fork BERLIN =
      MUIR_GLACIER.next(
          "Berlin",
          f -> {
            f.maxTransactionType = 1;
            f.accessLists = true;
            f.sloadGas = 100;
            f.balanceGas = 100;
            f.extcodeGas = 100;
            f.extcodehashGas = 100;
            f.callGas = 100;
            f.sstoreRule = SstoreRule.EIP_2929;
            f.modexpRule = ModexpRule.EIP_2565;
          });

  public static final Fork LONDON =
      BERLIN.next(
          "London",
          f -> {
            f.maxTransactionType = 2;
            f.baseFee = true;
            f.rejectsEfCode = true;
            f.sstoreClearRefund = 4_800;
            f.selfDestructRefund = 0;
            f.maxRefundQuotient = 5;
            f.bombDelay = 9_700_000;
          });

  /** EIP-4345. */
  public static final Fork ARROW_GLACIER =
      LONDON.next("ArrowGlacier", f -> f.bombDelay = 10_700_000);

  /** EIP-5133. */
  public static final Fork GRAY_GLACIER =
      ARROW_GLACIER.next("GrayGlacier", f -> f.bombDelay = 11_400_000);

  /** EIP-3675, EIP-4399. */
  public static final Fork PARIS =
      GRAY_GLACIER.next(
          "Paris",
          f -> {
            f.difficultyRule = DifficultyRule.PROOF_OF_STAKE;
            f.blockReward = 0;
          });

  public static final Fork SHANGHAI =
      PARIS.next(
          "Shanghai",
          f -> {
            f.warmCoinbase = true;
            f.maxInitcodeSize = 49_152;
            f.initcodeWordGas = 2;
            f.withdrawals = true;
          });

  /** EIP-7569. */
  public static final Fork CANCUN =
      SHANGHAI.next(
          "Cancun",
          f -> {
            f.maxTransactionType = 3;
            f.selfDestructOnlyCreated = true;
            f.beaconRoots = true;
            f.blobSchedule = new BlobSchedule(3, 6, 3_338_477);
          });

  /** EIP-7600. */
  public static final Fork PRAGUE =
      CANCUN.next(
          "Prague",
          f -> {
            f.maxTransactionType = 4;
            f.calldataFloor = true;
            f.delegations = true;
            f.historyStorage = true;
            f.requests = true;
            f.blobSchedule = new BlobSchedule(6, 9, 5_007_716);
          });

  /** EIP-7607. */
  public static final Fork OSAKA =
      PRAGUE.next(
          "Osaka",
          f -> {
            f.maxTransactionGas = 1 << 24;
            f.maxBlobsPerTransaction = 6;
            f.blobFeeReserve = true;
            f.maxBlockSize = 10 * 1024 * 1024 - 2 * 1024 * 1024;
            f.modexpRule = ModexpRule.EIP_7883;
          });

  private String name = "Frontier";
  private int order;
  private int txCreateGas = 21000;
  private int txDataNonZeroGas = 68;
  private boolean calldataFloor = false;
  private boolean delegations = false;
  private long maxTransactionGas = Long.MAX_VALUE;
  private boolean lowSRequired = false;
  private boolean replayProtection = false;
  private int maxTransactionType = 0;
  private boolean rejectsSenderWithCode = true;
  private boolean createDepositMustBePaid = false;
  private int sloadGas = 50;
  private int balanceGas = 20;
  private int extcodeGas = 20;
  private int extcodehashGas = 400;
  private int callGas = 40;
  private int selfDestructGas = 0;
  private int selfDestructNewAccountGas = 0;
  private int expByteGas = 10;
  private boolean allButOne64th = false;
  private boolean clearsEmptyAccounts = false;
  private int createdNonce = 0;
  private int maxCodeSize = Integer.MAX_VALUE;
  private int maxInitcodeSize = Integer.MAX_VALUE;
  private int initcodeWordGas = 0;
  private boolean rejectsEfCode = false;
  private SstoreRule sstoreRule = SstoreRule.ORIGINAL;
  private int sstoreClearRefund = 15000;
  private int selfDestructRefund = 24000;
  private int maxRefundQuotient = 2;
  private boolean accessLists = false;
  private boolean warmCoinbase = false;
  private boolean selfDestructOnlyCreated = false;
  private boolean statusReceipts = false;
  private long blockReward = 5_000_000_000_000_000_000L;
  private DifficultyRule difficultyRule = DifficultyRule.FRONTIER;
  private long bombDelay = 0;
  private boolean baseFee = false;
  private boolean withdrawals = false;
  private boolean beaconRoots = false;
  private boolean historyStorage = false;
  private boolean requests = false;
  private BlobSchedule blobSchedule = null;
  private boolean blobFeeReserve = false;
  private int maxBlobsPerTransaction = Integer.MAX_VALUE;
  private long maxBlockSize = Long.MAX_VALUE;
  private boolean blockAccessLists = false;
  private ModexpRule modexpRule = ModexpRule.EIP_198;
  private boolean bn254Repriced = false;

  private Fork() {}

  private Fork copy(String newName) {
    try {
      Fork copy = (Fork) clone();
      copy.name = newName;
      return copy;
    } catch (CloneNotSupportedException e) {
      throw new AssertionError(e);
    }
  }

  private Fork next(String newName, Consumer<Fork> changes) {
    Fork next = copy(newName);
    next.order++;
    changes.accept(next);
    return next;
  }

  /**
   * These rules with another blob schedule: a blob-parameter-only fork (EIP-7892) or a chain's own.
   */
  public Fork withBlobSchedule(String newName, BlobSchedule schedule) {
    Fork fork = copy(newName);
    fork.blobSchedule = schedule;
    return fork;
  }

  /** The field's name of the fork, in one word, such as {@code SpuriousDragon}. */
  public String name() {
    return name;
  }

  /**
   * Whether these rules contain the given fork's; a blob-parameter-only fork ranks with its base.
   */
  public boolean isAtLeast(Fork other) {
    return order >= other.order;
  }

  /** Whether blocks are made by the beacon chain. */
  public boolean proofOfStake() {
    return difficultyRule == DifficultyRule.PROOF_OF_STAKE;
  }

  @Override
  public String toString() {
    return name;
  }

  /** Intrinsic gas of a contract creation (EIP-2). */
  public int txCreateGas() {
    return txCreateGas;
  }

  /** Intrinsic gas of a non-zero byte of call data (EIP-2028). */
  public int txDataNonZeroGas() {
    return txDataNonZeroGas;
  }

  /** Whether call data sets a floor of 10 gas a token (EIP-7623). */
  public boolean calldataFloor() {
    return calldataFloor;
  }

  /** Whether accounts can delegate to another's code (EIP-7702). */
  public boolean delegations() {
    return delegations;
  }

  /** The highest gas limit of a transaction (EIP-7825). */
  public long maxTransactionGas() {
    return maxTransactionGas;
  }

  /** Whether a signature's s must be in the lower half (EIP-2). */
  public boolean lowSRequired() {
    return lowSRequired;
  }

  /** Whether a legacy transaction may carry a chain id (EIP-155). */
  public boolean replayProtection() {
    return replayProtection;
  }

  /** The highest transaction type: 0 legacy, 1 EIP-2930, 2 EIP-1559, 3 EIP-4844, 4 EIP-7702. */
  public int maxTransactionType() {
    return maxTransactionType;
  }

  /**
   * Whether an account with code cannot send (EIP-3607; like the reference specification, applied
   * to all forks).
   */
  public boolean rejectsSenderWithCode() {
    return rejectsSenderWithCode;
  }

  /**
   * Whether a creation that cannot pay its code deposit fails (EIP-2) or leaves an account without
   * code.
   */
  public boolean createDepositMustBePaid() {
    return createDepositMustBePaid;
  }

  /** SLOAD (EIP-150, EIP-1884); the warm cost from Berlin on. */
  public int sloadGas() {
    return sloadGas;
  }

  /** BALANCE (EIP-150, EIP-1884); the warm cost from Berlin on. */
  public int balanceGas() {
    return balanceGas;
  }

  /** EXTCODESIZE and EXTCODECOPY (EIP-150); the warm cost from Berlin on. */
  public int extcodeGas() {
    return extcodeGas;
  }

  /** EXTCODEHASH (EIP-1052, EIP-1884); the warm cost from Berlin on. */
  public int extcodehashGas() {
    return extcodehashGas;
  }

  /** CALL and its kin (EIP-150); the warm cost from Berlin on. */
  public int callGas() {
    return callGas;
  }

  /** SELFDESTRUCT (EIP-150). */
  public int selfDestructGas() {
    return selfDestructGas;
  }

  /** What SELFDESTRUCT adds for a beneficiary that does not exist (EIP-150). */
  public int selfDestructNewAccountGas() {
    return selfDestructNewAccountGas;
  }

  /** EXP, a byte of its exponent (EIP-160). */
  public int expByteGas() {
    return expByteGas;
  }

  /** Whether a call can pass on no more than 63/64 of the gas left (EIP-150). */
  public boolean allButOne64th() {
    return allButOne64th;
  }

  /**
   * Whether touched empty accounts are deleted and "new account" means dead, not missing (EIP-161).
   */
  public boolean clearsEmptyAccounts() {
    return clearsEmptyAccounts;
  }

  /** The nonce of a new contract (EIP-161). */
  public int createdNonce() {
    return createdNonce;
  }

  /** Bytes of deployed code at most (EIP-170). */
  public int maxCodeSize() {
    return maxCodeSize;
  }

  /** Bytes of creation code at most (EIP-3860). */
  public int maxInitcodeSize() {
    return maxInitcodeSize;
  }

  /** Gas of a 32-byte word of creation code (EIP-3860). */
  public int initcodeWordGas() {
    return initcodeWordGas;
  }

  /** Whether code starting with 0xEF cannot be deployed (EIP-3541). */
  public boolean rejectsEfCode() {
    return rejectsEfCode;
  }

  /** How SSTORE is charged. */
  public SstoreRule sstoreRule() {
    return sstoreRule;
  }

  /** Refund for clearing a slot (EIP-3529). */
  public int sstoreClearRefund() {
    return sstoreClearRefund;
  }

  /** Refund for SELFDESTRUCT (EIP-3529). */
  public int selfDestructRefund() {
    return selfDestructRefund;
  }

  /** At most gas used divided by this is refunded (EIP-3529). */
  public int maxRefundQuotient() {
    return maxRefundQuotient;
  }

  /** Whether accounts and slots are warm or cold (EIP-2929). */
  public boolean accessLists() {
    return accessLists;
  }

  /** Whether the fee recipient starts warm (EIP-3651). */
  public boolean warmCoinbase() {
    return warmCoinbase;
  }

  /** Whether SELFDESTRUCT deletes only what the transaction created (EIP-6780). */
  public boolean selfDestructOnlyCreated() {
    return selfDestructOnlyCreated;
  }

  /** Whether receipts carry a status (EIP-658) or a state root. */
  public boolean statusReceipts() {
    return statusReceipts;
  }

  /** Wei for a block's author; zero from Paris on. */
  public long blockReward() {
    return blockReward;
  }

  /** How difficulty follows from the parent. */
  public DifficultyRule difficultyRule() {
    return difficultyRule;
  }

  /** Blocks by which the difficulty bomb is delayed. */
  public long bombDelay() {
    return bombDelay;
  }

  /** Whether blocks have a base fee (EIP-1559). */
  public boolean baseFee() {
    return baseFee;
  }

  /** Whether blocks carry withdrawals (EIP-4895). */
  public boolean withdrawals() {
    return withdrawals;
  }

  /** Whether a block opens by storing the parent beacon block root (EIP-4788). */
  public boolean beaconRoots() {
    return beaconRoots;
  }

  /** Whether a block opens by storing its parent's hash (EIP-2935). */
  public boolean historyStorage() {
    return historyStorage;
  }

  /** Whether blocks commit to requests (EIP-7685 with 6110, 7002, 7251). */
  public boolean requests() {
    return requests;
  }

  /** Blobs a block (EIP-4844), or null before Cancun. */
  public BlobSchedule blobSchedule() {
    return blobSchedule;
  }

  /** Whether the blob base fee is bounded by execution cost (EIP-7918). */
  public boolean blobFeeReserve() {
    return blobFeeReserve;
  }

  /** Blobs a transaction may carry (EIP-7594). */
  public int maxBlobsPerTransaction() {
    return maxBlobsPerTransaction;
  }

  /** Bytes of an RLP-encoded block at most (EIP-7934). */
  public long maxBlockSize() {
    return maxBlockSize;
  }

  /** Whether the header commits to a block access list (EIP-7928). */
  public boolean blockAccessLists() {
    return blockAccessLists;
  }

  /** How MODEXP is charged and bounded. */
  public ModexpRule modexpRule() {
    return modexpRule;
  }

  /** Whether alt_bn128 has the gas of EIP-1108. */
  public boolean bn254Repriced() {
    return bn254Repriced;
  }
}
