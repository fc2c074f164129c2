// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IToken} from "./Interfaces.sol";

/// Hands out tokens to the leaves of a Merkle tree, once each.
/// Conflicts: 256 claims share one bitmap slot, and every claim lowers the airdrop's one token balance: a burst of claims
/// by strangers is a single chain at slot level.
contract Airdrop {
    IToken public immutable token;
    bytes32 public immutable root;
    mapping(uint256 => uint256) private claimed;

    event Claimed(uint256 indexed index, address indexed account, uint256 amount);

    error AlreadyClaimed(uint256 index);
    error BadProof();

    constructor(IToken token_, bytes32 root_) {
        token = token_;
        root = root_;
    }

    function claim(uint256 index, address account, uint256 amount, bytes32[] calldata proof) external {
        uint256 word = claimed[index >> 8];
        uint256 bit = 1 << (index & 255);
        if (word & bit != 0) revert AlreadyClaimed(index);
        bytes32 node = keccak256(bytes.concat(keccak256(abi.encode(index, account, amount))));
        for (uint256 i = 0; i < proof.length; i++) {
            node = node < proof[i] ? keccak256(abi.encode(node, proof[i])) : keccak256(abi.encode(proof[i], node));
        }
        if (node != root) revert BadProof();
        claimed[index >> 8] = word | bit;
        token.transfer(account, amount);
        emit Claimed(index, account, amount);
    }
}
