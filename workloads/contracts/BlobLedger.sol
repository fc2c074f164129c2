// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// The inbox of a rollup: batches of data come in blobs (EIP-4844), each batch extends the chain of state roots, and
/// anyone may prove a value of a blob by the point evaluation precompile.
/// Conflicts: a batch names its predecessor, so one sequencer's batches are a chain by design; proofs are independent.
/// BLOBBASEFEE is an input from the header, not a state key.
contract BlobLedger {
    struct Head {
        bytes32 root;
        uint64 batch;
        uint64 updatedAt;
        uint128 dataFee;
    }

    mapping(address => Head) public heads;
    mapping(bytes32 => address) public sequencerOf;
    mapping(bytes32 => mapping(bytes32 => bytes32)) public proven;

    event Batch(address indexed sequencer, uint64 indexed number, bytes32 root, bytes32[] blobs, uint256 blobBaseFee);
    event Proven(bytes32 indexed blob, bytes32 point, bytes32 value);

    error NoBlobs();
    error WrongPredecessor(bytes32 expected, bytes32 actual);
    error UnknownBlob(bytes32 blob);
    error BadProof();

    function post(bytes32 predecessor, bytes32 root) external {
        Head memory head = heads[msg.sender];
        if (head.root != predecessor) revert WrongPredecessor(head.root, predecessor);
        uint256 count = 0;
        while (blobhash(count) != 0) count++;
        if (count == 0) revert NoBlobs();
        bytes32[] memory blobs = new bytes32[](count);
        for (uint256 i = 0; i < count; i++) {
            blobs[i] = blobhash(i);
            sequencerOf[blobs[i]] = msg.sender;
        }
        head.root = root;
        head.batch++;
        head.updatedAt = uint64(block.timestamp);
        head.dataFee += uint128(count * 131_072 * block.blobbasefee);
        heads[msg.sender] = head;
        emit Batch(msg.sender, head.batch, root, blobs, block.blobbasefee);
    }

    /// `proof` is the commitment (48 bytes), then the proof (48 bytes).
    function prove(bytes32 blob, bytes32 point, bytes32 value, bytes calldata proof) external {
        if (sequencerOf[blob] == address(0)) revert UnknownBlob(blob);
        (bool valid, bytes memory result) = address(0x0a).staticcall(abi.encodePacked(blob, point, value, proof));
        if (!valid || result.length != 64) revert BadProof();
        proven[blob][point] = value;
        emit Proven(blob, point, value);
    }
}
