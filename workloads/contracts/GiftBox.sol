// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// A box with ether and a note in it, which is destroyed when it is opened.
contract GiftBox {
    address private immutable shop;
    address public immutable giver;
    address public immutable receiver;
    mapping(uint256 => bytes32) private note;

    error NotReceiver();
    error NotShop();

    constructor(address giver_, address receiver_) payable {
        shop = msg.sender;
        giver = giver_;
        receiver = receiver_;
    }

    function write(bytes32 text) external {
        if (msg.sender != shop) revert NotShop();
        note[0] = text;
        note[1] = keccak256(abi.encode(text, note[1]));
    }

    function open() external {
        if (tx.origin != receiver && tx.origin != giver) revert NotReceiver();
        selfdestruct(payable(receiver));
    }
}

/// Wraps boxes at addresses that depend on their giver and receiver alone, so that a box may come back where one was
/// destroyed before (until EIP-6780 keeps it alive).
/// Conflicts: none between different pairs, but a box's whole account (code, storage, incarnation) appears and goes.
contract GiftShop {
    event Wrapped(address indexed box, address indexed giver, address indexed receiver, uint256 amount);

    function wrap(address receiver, bytes32 text) public payable returns (GiftBox box) {
        box = new GiftBox{salt: 0, value: msg.value}(msg.sender, receiver);
        box.write(text);
        emit Wrapped(address(box), msg.sender, receiver, msg.value);
    }

    /// Created and destroyed in one transaction.
    function surprise(address receiver, bytes32 text) external payable {
        wrap(receiver, text).open();
    }
}
