// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.31;

/// Messages signed by passkeys (P-256, EIP-7951), and a tally by size class that uses CLZ (EIP-7939). Osaka only.
/// Conflicts: a key's counter chains its messages; the tally has one slot per size class, few and hot.
contract Passkey {
    address private constant P256_VERIFY = address(0x100);

    mapping(bytes32 => uint256) public counterOf;
    mapping(uint256 => uint256) public tally;

    event Message(bytes32 indexed key, uint256 indexed counter, uint256 amount, uint256 sizeClass);

    error BadSignature();

    function submit(bytes32 x, bytes32 y, uint256 amount, bytes32 r, bytes32 s) external {
        bytes32 key = keccak256(abi.encode(x, y));
        uint256 counter = counterOf[key]++;
        bytes32 digest = sha256(abi.encode(block.chainid, address(this), counter, amount));
        (bool called, bytes memory result) = P256_VERIFY.staticcall(abi.encode(digest, r, s, x, y));
        if (!called || result.length != 32) revert BadSignature();
        uint256 sizeClass;
        assembly {
            sizeClass := sub(256, clz(amount))
        }
        tally[sizeClass] += amount;
        emit Message(key, counter, amount, sizeClass);
    }
}
