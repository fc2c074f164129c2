// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IToken} from "./Interfaces.sol";

/// Stakes one token and pays rewards in another, by time and share.
/// Conflicts: `rewardPerToken` and its timestamp are brought up to date by the first call of each block and read by all;
/// staking and unstaking also write the total, which chains them. Claims alone conflict only with the block's first call
/// and through the reward token's balance of this contract.
contract Staking {
    uint256 private constant ONE = 1e18;

    IToken public immutable stakeToken;
    IToken public immutable rewardToken;
    address public immutable funder;
    uint256 public rewardRate;
    uint256 public rewardsEnd;
    uint256 public updatedAt;
    uint256 public rewardPerToken;
    uint256 public totalStaked;

    struct Stake {
        uint256 amount;
        uint256 paidPerToken;
        uint256 earned;
    }

    mapping(address => Stake) public stakes;

    event Staked(address indexed holder, uint256 amount);
    event Unstaked(address indexed holder, uint256 amount);
    event Claimed(address indexed holder, uint256 amount);
    event Funded(uint256 rate, uint256 until);

    error NotFunder();
    error NothingToClaim();

    constructor(IToken stakeToken_, IToken rewardToken_) {
        stakeToken = stakeToken_;
        rewardToken = rewardToken_;
        funder = msg.sender;
    }

    function fund(uint256 amount, uint256 duration) external {
        if (msg.sender != funder) revert NotFunder();
        settle(address(0));
        uint256 left = block.timestamp < rewardsEnd ? (rewardsEnd - block.timestamp) * rewardRate : 0;
        rewardRate = (amount + left) / duration;
        rewardsEnd = block.timestamp + duration;
        rewardToken.transferFrom(msg.sender, address(this), amount);
        emit Funded(rewardRate, rewardsEnd);
    }

    function stake(uint256 amount) external {
        settle(msg.sender);
        stakes[msg.sender].amount += amount;
        totalStaked += amount;
        stakeToken.transferFrom(msg.sender, address(this), amount);
        emit Staked(msg.sender, amount);
    }

    function unstake(uint256 amount) external {
        settle(msg.sender);
        stakes[msg.sender].amount -= amount;
        totalStaked -= amount;
        stakeToken.transfer(msg.sender, amount);
        emit Unstaked(msg.sender, amount);
    }

    function claim() external returns (uint256 amount) {
        settle(msg.sender);
        amount = stakes[msg.sender].earned;
        if (amount == 0) revert NothingToClaim();
        stakes[msg.sender].earned = 0;
        rewardToken.transfer(msg.sender, amount);
        emit Claimed(msg.sender, amount);
    }

    function settle(address holder) private {
        uint256 until = block.timestamp < rewardsEnd ? block.timestamp : rewardsEnd;
        if (until > updatedAt) {
            if (totalStaked > 0) rewardPerToken += (until - updatedAt) * rewardRate * ONE / totalStaked;
            updatedAt = until;
        }
        if (holder == address(0)) return;
        Stake storage own = stakes[holder];
        own.earned += own.amount * (rewardPerToken - own.paidPerToken) / ONE;
        own.paidPerToken = rewardPerToken;
    }
}
