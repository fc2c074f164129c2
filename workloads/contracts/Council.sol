// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IToken} from "./Interfaces.sol";

/// A DAO: members lock tokens for votes, delegate them, propose calls, vote and execute.
/// Conflicts: a vote adds to one slot of its proposal, so a proposal's votes are one chain although the sums commute;
/// locking and delegating write checkpoints of the delegate, so popular delegates are hot. Votes read past checkpoints
/// only, and do not wait for delegations of their own block.
contract Council {
    struct Checkpoint {
        uint48 blockNumber;
        uint208 votes;
    }

    struct Proposal {
        address proposer;
        uint48 start;
        uint48 end;
        bool executed;
        address target;
        uint128 yes;
        uint128 no;
        bytes data;
    }

    uint48 private constant DELAY = 2;
    uint48 private constant PERIOD = 24;
    uint256 private constant THRESHOLD = 100e18;

    IToken public immutable token;
    mapping(address => uint256) public locked;
    mapping(address => address) public delegateOf;
    mapping(address => Checkpoint[]) private checkpoints;
    Proposal[] public proposals;
    mapping(uint256 => mapping(address => bool)) public hasVoted;
    mapping(bytes32 => uint256) public parameters;

    event Locked(address indexed member, int256 amount);
    event Delegated(address indexed member, address indexed from, address indexed to);
    event VotesChanged(address indexed delegate, uint256 votes);
    event Proposed(uint256 indexed id, address indexed proposer, address target, bytes data, uint256 end);
    event Voted(uint256 indexed id, address indexed voter, bool support, uint256 votes);
    event Executed(uint256 indexed id, bool passed);
    event ParameterSet(bytes32 indexed key, uint256 value);

    error TooFewVotes(uint256 votes);
    error NotOpen(uint256 id);
    error AlreadyVoted(uint256 id);
    error NotOver(uint256 id);
    error OnlyCouncil();
    error CallFailed(bytes reason);

    constructor(IToken token_) {
        token = token_;
    }

    function lock(uint256 amount) external {
        if (delegateOf[msg.sender] == address(0)) delegateOf[msg.sender] = msg.sender;
        locked[msg.sender] += amount;
        change(delegateOf[msg.sender], int256(amount));
        token.transferFrom(msg.sender, address(this), amount);
        emit Locked(msg.sender, int256(amount));
    }

    function unlock(uint256 amount) external {
        locked[msg.sender] -= amount;
        change(delegateOf[msg.sender], -int256(amount));
        token.transfer(msg.sender, amount);
        emit Locked(msg.sender, -int256(amount));
    }

    function delegate(address to) external {
        address from = delegateOf[msg.sender];
        delegateOf[msg.sender] = to;
        int256 votes = int256(locked[msg.sender]);
        if (from != address(0)) change(from, -votes);
        change(to, votes);
        emit Delegated(msg.sender, from, to);
    }

    function propose(address target, bytes calldata data) external returns (uint256 id) {
        uint256 votes = votesAt(msg.sender, block.number - 1);
        if (votes < THRESHOLD) revert TooFewVotes(votes);
        id = proposals.length;
        uint48 start = uint48(block.number) + DELAY;
        proposals.push(Proposal(msg.sender, start, start + PERIOD, false, target, 0, 0, data));
        emit Proposed(id, msg.sender, target, data, start + PERIOD);
    }

    function vote(uint256 id, bool support) external {
        Proposal storage proposal = proposals[id];
        if (block.number < proposal.start || block.number > proposal.end) revert NotOpen(id);
        if (hasVoted[id][msg.sender]) revert AlreadyVoted(id);
        hasVoted[id][msg.sender] = true;
        uint256 votes = votesAt(msg.sender, proposal.start - 1);
        if (support) proposal.yes += uint128(votes);
        else proposal.no += uint128(votes);
        emit Voted(id, msg.sender, support, votes);
    }

    function execute(uint256 id) external {
        Proposal storage proposal = proposals[id];
        if (block.number <= proposal.end || proposal.executed) revert NotOver(id);
        proposal.executed = true;
        bool passed = proposal.yes > proposal.no;
        if (passed) {
            (bool done, bytes memory reason) = proposal.target.call(proposal.data);
            if (!done) revert CallFailed(reason);
        }
        emit Executed(id, passed);
    }

    function setParameter(bytes32 key, uint256 value) external {
        if (msg.sender != address(this)) revert OnlyCouncil();
        parameters[key] = value;
        emit ParameterSet(key, value);
    }

    /// The last checkpoint at or before a block, by binary search.
    function votesAt(address member, uint256 blockNumber) public view returns (uint256) {
        Checkpoint[] storage history = checkpoints[member];
        uint256 low = 0;
        uint256 high = history.length;
        while (low < high) {
            uint256 middle = (low + high) / 2;
            if (history[middle].blockNumber <= blockNumber) low = middle + 1;
            else high = middle;
        }
        return low == 0 ? 0 : history[low - 1].votes;
    }

    function change(address member, int256 difference) private {
        Checkpoint[] storage history = checkpoints[member];
        uint256 length = history.length;
        uint208 before = length == 0 ? 0 : history[length - 1].votes;
        uint208 votes = uint208(uint256(int256(uint256(before)) + difference));
        if (length > 0 && history[length - 1].blockNumber == block.number) history[length - 1].votes = votes;
        else history.push(Checkpoint(uint48(block.number), votes));
        emit VotesChanged(member, votes);
    }
}
