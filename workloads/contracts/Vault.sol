// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IToken} from "./Interfaces.sol";
import {LendingMarket} from "./LendingMarket.sol";

/// A yield vault: depositors hold shares of a pot that is lent out in a market.
/// Conflicts: each deposit and withdrawal reads the value of the whole pot (the vault's token balance, the market's
/// totals) and writes the total of shares. All users of the vault form one chain, and it joins the market's chain.
contract Vault {
    IToken public immutable asset;
    LendingMarket public immutable market;
    uint256 public totalShares;
    mapping(address => uint256) public sharesOf;

    event Deposited(address indexed holder, uint256 amount, uint256 shares);
    event Withdrawn(address indexed holder, uint256 amount, uint256 shares);
    event Harvested(address indexed caller, uint256 lent, uint256 total);

    error NoShares();

    constructor(LendingMarket market_) {
        market = market_;
        asset = market_.loan();
        asset.approve(address(market_), type(uint256).max);
    }

    function totalAssets() public view returns (uint256) {
        return asset.balanceOf(address(this)) + market.assetsOf(address(this));
    }

    function deposit(uint256 amount) external returns (uint256 shares) {
        shares = totalShares == 0 ? amount : amount * totalShares / totalAssets();
        if (shares == 0) revert NoShares();
        totalShares += shares;
        sharesOf[msg.sender] += shares;
        asset.transferFrom(msg.sender, address(this), amount);
        emit Deposited(msg.sender, amount, shares);
    }

    function withdraw(uint256 shares) external returns (uint256 amount) {
        amount = shares * totalAssets() / totalShares;
        sharesOf[msg.sender] -= shares;
        totalShares -= shares;
        uint256 idle = asset.balanceOf(address(this));
        if (idle < amount) {
            uint256 lent = market.assetsOf(address(this));
            uint256 held = market.supplySharesOf(address(this));
            uint256 needed = (amount - idle) * held / lent + 1;
            market.withdraw(needed < held ? needed : held);
            uint256 available = asset.balanceOf(address(this));
            if (available < amount) amount = available;
        }
        asset.transfer(msg.sender, amount);
        emit Withdrawn(msg.sender, amount, shares);
    }

    /// Lends out nine tenths of what lies idle.
    function harvest() external {
        uint256 idle = asset.balanceOf(address(this)) * 9 / 10;
        if (idle > 0) market.supply(idle);
        emit Harvested(msg.sender, idle, totalAssets());
    }
}
