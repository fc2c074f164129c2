// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IMintable} from "./Interfaces.sol";

/// Creatures that hatch, breed and battle; winners earn tokens.
/// Conflicts: hatching and breeding share the counter of creatures; a battle reads and writes two creatures, so busy
/// champions are hot; each reward adds to the day's emission and to the token's supply, which chains all won battles,
/// and a new champion is read by every later battle.
contract Game {
    struct Creature {
        address owner;
        uint32 readyAt;
        uint16 generation;
        uint16 wins;
        uint16 losses;
        uint128 genes;
        uint64 mother;
        uint64 father;
    }

    uint256 private constant REWARD = 10e18;
    uint256 private constant DAILY_EMISSION = 2_000e18;
    uint32 private constant REST = 24;

    IMintable public immutable rewardToken;
    uint256 public count;
    uint256 public champion;
    mapping(uint256 => Creature) public creatures;
    mapping(uint256 => uint256) public emittedOn;
    mapping(address => uint256) public score;

    event Born(uint256 indexed id, address indexed owner, uint256 mother, uint256 father, uint128 genes);
    event Battle(uint256 indexed challenger, uint256 indexed defender, bool won, uint256 reward);
    event Champion(uint256 indexed id, uint256 wins);

    error NotOwner(uint256 id);
    error Resting(uint256 id, uint256 until);
    error SameCreature();

    constructor(IMintable rewardToken_) {
        rewardToken = rewardToken_;
    }

    function hatch() external returns (uint256) {
        return give(msg.sender, 0, 0, 0, uint128(uint256(keccak256(abi.encode(block.prevrandao, msg.sender, count)))));
    }

    function breed(uint256 mother, uint256 father) external returns (uint256) {
        if (mother == father) revert SameCreature();
        Creature storage first = rested(mother);
        Creature storage second = rested(father);
        uint128 genes = mix(first.genes, second.genes, uint256(keccak256(abi.encode(block.prevrandao, mother, father))));
        uint16 generation = (first.generation > second.generation ? first.generation : second.generation) + 1;
        first.readyAt = uint32(block.timestamp) + REST * 4;
        second.readyAt = uint32(block.timestamp) + REST * 4;
        return give(msg.sender, generation, uint64(mother), uint64(father), genes);
    }

    function battle(uint256 own, uint256 other) external returns (bool won) {
        if (own == other) revert SameCreature();
        Creature storage challenger = rested(own);
        Creature storage defender = creatures[other];
        uint256 dice = uint256(keccak256(abi.encode(block.prevrandao, own, other, challenger.wins, defender.losses)));
        uint256 attack = strength(challenger.genes, dice);
        uint256 defence = strength(defender.genes, dice >> 128);
        won = attack > defence;
        challenger.readyAt = uint32(block.timestamp) + REST;
        uint256 reward = 0;
        if (won) {
            challenger.wins++;
            defender.losses++;
            reward = pay(msg.sender);
            score[msg.sender] += attack - defence;
            if (challenger.wins > creatures[champion].wins) {
                champion = own;
                emit Champion(own, challenger.wins);
            }
        } else {
            challenger.losses++;
            defender.wins++;
        }
        emit Battle(own, other, won, reward);
    }

    function give(address owner, uint16 generation, uint64 mother, uint64 father, uint128 genes) private returns (uint256 id) {
        id = ++count;
        creatures[id] = Creature(owner, uint32(block.timestamp), generation, 0, 0, genes, mother, father);
        emit Born(id, owner, mother, father, genes);
    }

    function rested(uint256 id) private view returns (Creature storage creature) {
        creature = creatures[id];
        if (creature.owner != msg.sender) revert NotOwner(id);
        if (creature.readyAt > block.timestamp) revert Resting(id, creature.readyAt);
    }

    function pay(address winner) private returns (uint256 reward) {
        uint256 day = block.timestamp / 1 days;
        uint256 emitted = emittedOn[day];
        if (emitted >= DAILY_EMISSION) return 0;
        reward = REWARD * (DAILY_EMISSION - emitted) / DAILY_EMISSION;
        emittedOn[day] = emitted + reward;
        rewardToken.mint(winner, reward);
    }

    /// Each of 32 genes of four bits comes from one parent; now and then one mutates.
    function mix(uint128 first, uint128 second, uint256 dice) private pure returns (uint128 genes) {
        for (uint256 i = 0; i < 32; i++) {
            uint256 gene = ((dice >> i) & 1 == 0 ? first : second) >> (i * 4) & 15;
            if ((dice >> (64 + i * 4)) & 15 == 0) gene = (gene + 1) & 15;
            genes |= uint128(gene << (i * 4));
        }
    }

    function strength(uint128 genes, uint256 dice) private pure returns (uint256 sum) {
        for (uint256 i = 0; i < 32; i++) {
            sum += ((genes >> (i * 4)) & 15) * (8 + ((dice >> (i * 4)) & 7));
        }
    }
}
