package io.rekindle.job.generate;

import io.rekindle.evm.word.Address;
import io.rekindle.evm.word.UInt256;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The lending market: supply, collateral, debts, and liquidations where the price of the collateral
 * fell. Keeps a sketch of the positions, without interest, which steers the mix; where it is wrong
 * a transaction reverts. Amounts are thousandths of a token, prices thousandths of what a token
 * cost at the start.
 */
final class Lending {
  private static final long START_PRICE = 1_000;
  private static final long LEAST_PRICE = 500;
  private static final long HIGHEST_PRICE = 2_000;
  private static final UInt256 UNIT = UInt256.of(1_000_000_000_000_000L);

  /** Shares of the collateral's worth, in thousandths: borrowed at most, and liquidated above. */
  private static final long BORROWED = 740;

  private static final long LIQUIDATED = 800;
  private static final double GREEDY = 0.08;
  private static final double HOPEFUL = 0.1;

  private final World world;
  private final Draws draws;
  private final Crowd crowd;
  private final List<Position> positions = new ArrayList<>();
  private final Map<Address, Position> byBorrower = new HashMap<>();
  private final List<Position> unsafe = new ArrayList<>();
  private final long[] posts = {START_PRICE, START_PRICE, START_PRICE};
  private int rounds = 1;

  private static final class Position {
    private final Wallet borrower;
    private long collateral;
    private long debt;

    Position(Wallet borrower) {
      this.borrower = borrower;
    }

    /** What of the collateral's worth could be owed, by a share in thousandths. */
    private long limit(long price, long share) {
      return collateral * price / START_PRICE * share / 1_000;
    }
  }

  Lending(World world, Draws draws, Crowd crowd) {
    this.world = world;
    this.draws = draws;
    this.crowd = crowd;
  }

  /** What lenders and borrowers do. */
  Intent lend() {
    double draw = draws.unit();
    if (draw < 0.35) {
      return Intent.call(crowd.holder(0), market(), 200_000, "supply(uint256)", amount(500_000));
    } else if (draw < 0.55) {
      return pledge();
    } else if (draw < 0.85) {
      return borrow();
    }
    return repay();
  }

  /** A liquidation, or what leads to one: debts up to the limit, and prices. */
  Intent liquidate() {
    unsafe.removeIf(position -> !isUnsafe(position));
    if (!unsafe.isEmpty()) {
      List<Position> choice = draws.chance(HOPEFUL) ? positions : unsafe;
      return liquidate(choice.get(draws.below(choice.size())));
    }
    return draws.chance(0.4) ? post() : borrow();
  }

  private boolean isUnsafe(Position position) {
    return position.debt > position.limit(price(), LIQUIDATED);
  }

  private Address market() {
    return world.contract("Market");
  }

  private UInt256 amount(int most) {
    return UNIT.multiply(1 + draws.below(most));
  }

  private Intent pledge() {
    Wallet from = crowd.holder(1);
    long amount = 1L + draws.below(900_000);
    return Intent.call(from, market(), 150_000, "depositCollateral(uint256)", UNIT.multiply(amount))
        .then(() -> positionOf(from).collateral += amount);
  }

  private Position positionOf(Wallet borrower) {
    return byBorrower.computeIfAbsent(
        borrower.address(),
        address -> {
          Position position = new Position(borrower);
          positions.add(position);
          return position;
        });
  }

  /** Up to the limit; the greedy ask for more and fail. */
  private Intent borrow() {
    if (positions.isEmpty()) {
      return pledge();
    }
    Position position = positions.get(draws.below(positions.size()));
    long room = position.limit(price(), BORROWED) - position.debt;
    if (room < 1) {
      return pledge();
    }
    boolean greedy = draws.chance(GREEDY);
    long amount =
        greedy
            ? 2 * room + position.collateral
            : Math.max(1, (long) (room * (0.5 + draws.unit() / 2)));
    return Intent.call(
            position.borrower, market(), 300_000, "borrow(uint256)", UNIT.multiply(amount))
        .then(() -> position.debt += amount);
  }

  /** Somebody with the token pays for a borrower. */
  private Intent repay() {
    if (positions.isEmpty()) {
      return pledge();
    }
    Position position = positions.get(draws.below(positions.size()));
    long amount = 1L + draws.below(200_000);
    Address borrower = position.borrower.address();
    return Intent.call(
            crowd.holder(0),
            market(),
            220_000,
            "repay(address,uint256)",
            borrower,
            UNIT.multiply(amount))
        .then(() -> position.debt = Math.max(0, position.debt - amount));
  }

  private Intent liquidate(Position position) {
    long repaid = Math.max(1, position.debt);
    return Intent.call(
            crowd.holder(0),
            market(),
            320_000,
            "liquidate(address,uint256)",
            position.borrower.address(),
            // Interest has come on top of the debt; what is too much is not taken.
            UNIT.multiply(2 * repaid))
        .then(
            () -> {
              long seized = repaid * START_PRICE / price() * 105 / 100;
              position.collateral = Math.max(0, position.collateral - seized);
              position.debt = 0;
              unsafe.remove(position);
            });
  }

  // ---------------------------------------------------------------- prices

  /** The feed takes the median of the last three posts, and so does this. */
  private long price() {
    long[] sorted = posts.clone();
    Arrays.sort(sorted);
    return sorted[1];
  }

  private Intent post() {
    long last = posts[(rounds + 2) % 3];
    long next = last * (900 + draws.below(190)) / 1_000;
    long price = Math.max(LEAST_PRICE, Math.min(HIGHEST_PRICE, next));
    return Intent.call(
            world.deployer,
            world.contract("PriceFeed"),
            150_000,
            "post(address,uint128)",
            world.token(1),
            UNIT.multiply(price))
        .then(
            () -> {
              posts[rounds % 3] = price;
              rounds++;
              unsafe.clear();
              positions.stream().filter(this::isUnsafe).forEach(unsafe::add);
            });
  }
}
