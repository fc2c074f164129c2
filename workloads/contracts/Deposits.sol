// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// Takes validator deposits and logs them as EIP-6110 expects, so that blocks carry deposit requests.
/// Conflicts: the count is one slot, so deposits are a chain.
contract Deposits {
    uint64 public count;

    event DepositEvent(bytes pubkey, bytes withdrawal_credentials, bytes amount, bytes signature, bytes index);

    error WrongLength();
    error WrongAmount(uint256 value);

    function deposit(bytes calldata pubkey, bytes calldata credentials, bytes calldata signature) external payable {
        if (pubkey.length != 48 || credentials.length != 32 || signature.length != 96) revert WrongLength();
        if (msg.value < 1 ether || msg.value % 1 gwei != 0) revert WrongAmount(msg.value);
        emit DepositEvent(pubkey, credentials, littleEndian(uint64(msg.value / 1 gwei)), signature, littleEndian(count++));
    }

    function littleEndian(uint64 value) private pure returns (bytes memory text) {
        text = new bytes(8);
        for (uint256 i = 0; i < 8; i++) text[i] = bytes1(uint8(value >> (8 * i)));
    }
}
