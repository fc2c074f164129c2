// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IToken, IPriceFeed} from "./Interfaces.sol";

/// An isolated lending market: one collateral token, one loan token, interest by utilization, liquidation.
/// Conflicts: every supply, withdrawal, borrowing and repayment accrues interest first, which reads and writes the
/// market's totals and indexes: one chain per market, once per block at the least. Only deposits of collateral are
/// independent per user. Liquidations also wait for the price feed.
contract LendingMarket {
    uint256 private constant ONE = 1e18;
    uint256 private constant COLLATERAL_FACTOR = 0.75e18;
    uint256 private constant LIQUIDATION_FACTOR = 0.8e18;
    uint256 private constant LIQUIDATION_BONUS = 1.05e18;
    uint256 private constant YEAR = 365 days;

    IToken public immutable collateral;
    IToken public immutable loan;
    IPriceFeed public immutable feed;

    uint256 public totalSupplied;
    uint256 public totalBorrowed;
    uint256 public supplyShares;
    uint256 public borrowIndex = ONE;
    uint256 public accruedAt;
    mapping(address => uint256) public supplySharesOf;
    mapping(address => uint256) public collateralOf;
    mapping(address => uint256) private scaledDebtOf;
    bool private transient entered;

    event Accrued(uint256 interest, uint256 borrowIndex);
    event Supplied(address indexed lender, uint256 amount, uint256 shares);
    event Withdrawn(address indexed lender, uint256 amount, uint256 shares);
    event CollateralChanged(address indexed borrower, int256 amount);
    event Borrowed(address indexed borrower, uint256 amount);
    event Repaid(address indexed payer, address indexed borrower, uint256 amount);
    event Liquidated(address indexed liquidator, address indexed borrower, uint256 repaid, uint256 seized);

    error Unhealthy(address borrower);
    error Healthy(address borrower);
    error NoLiquidity(uint256 available, uint256 wanted);
    error Reentered();

    modifier guarded() {
        if (entered) revert Reentered();
        entered = true;
        _;
        entered = false;
    }

    constructor(IToken collateral_, IToken loan_, IPriceFeed feed_) {
        collateral = collateral_;
        loan = loan_;
        feed = feed_;
        accruedAt = block.timestamp;
    }

    function accrue() public {
        uint256 elapsed = block.timestamp - accruedAt;
        if (elapsed == 0) return;
        accruedAt = block.timestamp;
        if (totalBorrowed == 0) return;
        uint256 factor = ratePerYear() * elapsed / YEAR;
        uint256 interest = totalBorrowed * factor / ONE;
        totalBorrowed += interest;
        totalSupplied += interest;
        borrowIndex += borrowIndex * factor / ONE;
        emit Accrued(interest, borrowIndex);
    }

    /// 2 % at rest, 20 % more at a utilization of 80 %, steep beyond.
    function ratePerYear() public view returns (uint256) {
        if (totalSupplied == 0) return 0;
        uint256 utilization = totalBorrowed * ONE / totalSupplied;
        if (utilization <= 0.8e18) return 0.02e18 + utilization / 4;
        return 0.22e18 + (utilization - 0.8e18) * 4;
    }

    function supply(uint256 amount) external guarded {
        accrue();
        uint256 shares = supplyShares == 0 ? amount : amount * supplyShares / totalSupplied;
        supplyShares += shares;
        supplySharesOf[msg.sender] += shares;
        totalSupplied += amount;
        loan.transferFrom(msg.sender, address(this), amount);
        emit Supplied(msg.sender, amount, shares);
    }

    function withdraw(uint256 shares) external guarded returns (uint256 amount) {
        accrue();
        amount = shares * totalSupplied / supplyShares;
        if (totalSupplied - totalBorrowed < amount) revert NoLiquidity(totalSupplied - totalBorrowed, amount);
        supplySharesOf[msg.sender] -= shares;
        supplyShares -= shares;
        totalSupplied -= amount;
        loan.transfer(msg.sender, amount);
        emit Withdrawn(msg.sender, amount, shares);
    }

    function depositCollateral(uint256 amount) external guarded {
        collateralOf[msg.sender] += amount;
        collateral.transferFrom(msg.sender, address(this), amount);
        emit CollateralChanged(msg.sender, int256(amount));
    }

    function withdrawCollateral(uint256 amount) external guarded {
        accrue();
        collateralOf[msg.sender] -= amount;
        if (debtOf(msg.sender) > limitOf(msg.sender, COLLATERAL_FACTOR)) revert Unhealthy(msg.sender);
        collateral.transfer(msg.sender, amount);
        emit CollateralChanged(msg.sender, -int256(amount));
    }

    function borrow(uint256 amount) external guarded {
        accrue();
        if (totalSupplied - totalBorrowed < amount) revert NoLiquidity(totalSupplied - totalBorrowed, amount);
        scaledDebtOf[msg.sender] += amount * ONE / borrowIndex + 1;
        totalBorrowed += amount;
        if (debtOf(msg.sender) > limitOf(msg.sender, COLLATERAL_FACTOR)) revert Unhealthy(msg.sender);
        loan.transfer(msg.sender, amount);
        emit Borrowed(msg.sender, amount);
    }

    function repay(address borrower, uint256 amount) external guarded {
        accrue();
        uint256 repaid = reduceDebt(borrower, amount);
        loan.transferFrom(msg.sender, address(this), repaid);
        emit Repaid(msg.sender, borrower, repaid);
    }

    function liquidate(address borrower, uint256 amount) external guarded {
        accrue();
        if (debtOf(borrower) <= limitOf(borrower, LIQUIDATION_FACTOR)) revert Healthy(borrower);
        uint256 repaid = reduceDebt(borrower, amount);
        uint256 seized = repaid * feed.price(address(loan)) / feed.price(address(collateral)) * LIQUIDATION_BONUS / ONE;
        if (seized > collateralOf[borrower]) seized = collateralOf[borrower];
        collateralOf[borrower] -= seized;
        loan.transferFrom(msg.sender, address(this), repaid);
        collateral.transfer(msg.sender, seized);
        emit Liquidated(msg.sender, borrower, repaid, seized);
    }

    function debtOf(address borrower) public view returns (uint256) {
        return scaledDebtOf[borrower] * borrowIndex / ONE;
    }

    function assetsOf(address lender) external view returns (uint256) {
        return supplyShares == 0 ? 0 : supplySharesOf[lender] * totalSupplied / supplyShares;
    }

    function limitOf(address borrower, uint256 factor) private view returns (uint256) {
        uint256 amount = collateralOf[borrower];
        if (amount == 0) return 0;
        return amount * feed.price(address(collateral)) / feed.price(address(loan)) * factor / ONE;
    }

    function reduceDebt(address borrower, uint256 amount) private returns (uint256 repaid) {
        uint256 debt = debtOf(borrower);
        repaid = amount < debt ? amount : debt;
        uint256 scaled = repaid * ONE / borrowIndex;
        scaledDebtOf[borrower] = repaid == debt || scaled >= scaledDebtOf[borrower] ? 0 : scaledDebtOf[borrower] - scaled;
        totalBorrowed = repaid < totalBorrowed ? totalBorrowed - repaid : 0;
    }
}
