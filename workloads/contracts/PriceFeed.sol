// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// Prices posted by reporters; the answer is the median of the last three posts.
/// Conflicts: one writer, many readers: a post early in a block makes every later borrow, withdrawal and liquidation of
/// that asset wait for it, though those do not conflict with one another through the feed.
contract PriceFeed {
    struct Round {
        uint64 number;
        uint64 updatedAt;
        uint128 median;
    }

    mapping(address => Round) public rounds;
    mapping(address => uint256[3]) private posts;
    mapping(address => bool) public isReporter;
    address public owner;

    event Posted(address indexed asset, address indexed reporter, uint64 round, uint256 price, uint256 median);

    error NotReporter(address caller);
    error NoPrice(address asset);

    constructor() {
        owner = msg.sender;
        isReporter[msg.sender] = true;
    }

    function setReporter(address account, bool allowed) external {
        if (msg.sender != owner) revert NotReporter(msg.sender);
        isReporter[account] = allowed;
    }

    function post(address asset, uint128 value) external {
        if (!isReporter[msg.sender]) revert NotReporter(msg.sender);
        Round memory round = rounds[asset];
        uint256[3] storage last = posts[asset];
        if (round.number == 0) (last[0], last[1], last[2]) = (value, value, value);
        else last[round.number % 3] = value;
        round.number++;
        round.updatedAt = uint64(block.timestamp);
        round.median = uint128(median(last[0], last[1], last[2]));
        rounds[asset] = round;
        emit Posted(asset, msg.sender, round.number, value, round.median);
    }

    function price(address asset) external view returns (uint256 value) {
        value = rounds[asset].median;
        if (value == 0) revert NoPrice(asset);
    }

    function median(uint256 a, uint256 b, uint256 c) private pure returns (uint256) {
        if (a > b) (a, b) = (b, a);
        if (b > c) (b, c) = (c, b);
        return a > b ? a : b;
    }
}
