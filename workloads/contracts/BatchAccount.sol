// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// An account that runs batches of calls. An ordinary account uses it as its EIP-7702 delegate; a deployed clone is a
/// smart account with an owner. Either way a relayer can submit a batch that the owner signed.
/// Conflicts: the account's own nonce chains its batches; a batch joins everything that its calls touch into one unit, so
/// one transaction may be at home in many clusters.
contract BatchAccount {
    struct Call {
        address target;
        uint256 value;
        bytes data;
    }

    /// Lies at a slot of its own, since a delegating account may have used storage before.
    struct Storage {
        address owner;
        uint96 nonce;
    }

    bytes32 private constant STORAGE = keccak256("rekindle.workloads.BatchAccount");

    event Executed(uint256 indexed nonce, uint256 calls);

    error NotOwner(address caller);
    error BadSignature();
    error CallFailed(uint256 index, bytes reason);
    error AlreadyOwned();

    receive() external payable {}

    function initialize(address owner_) external {
        Storage storage own = state();
        if (own.owner != address(0)) revert AlreadyOwned();
        own.owner = owner_;
    }

    function owner() public view returns (address) {
        address set = state().owner;
        return set == address(0) ? address(this) : set;
    }

    function nonce() external view returns (uint256) {
        return state().nonce;
    }

    function execute(Call[] calldata calls) external payable {
        if (msg.sender != owner()) revert NotOwner(msg.sender);
        run(calls);
    }

    function executeSigned(Call[] calldata calls, bytes calldata signature) external payable {
        bytes32 digest = keccak256(abi.encode(block.chainid, address(this), state().nonce, calls));
        if (signature.length != 65) revert BadSignature();
        address signer = ecrecover(digest, uint8(signature[64]), bytes32(signature[0:32]), bytes32(signature[32:64]));
        if (signer == address(0) || signer != owner()) revert BadSignature();
        run(calls);
    }

    function run(Call[] calldata calls) private {
        emit Executed(state().nonce++, calls.length);
        for (uint256 i = 0; i < calls.length; i++) {
            (bool done, bytes memory reason) = calls[i].target.call{value: calls[i].value}(calls[i].data);
            if (!done) revert CallFailed(i, reason);
        }
    }

    function state() private pure returns (Storage storage own) {
        bytes32 slot = STORAGE;
        assembly {
            own.slot := slot
        }
    }
}

/// Makes clones of the account and runs bundles of signed batches, with a deposit per account that pays the bundler.
/// Conflicts: a bundle holds many users' operations in one transaction; deposits are slots per account; the bundler's
/// earnings grow one slot per bundler.
contract BundleHub {
    struct Operation {
        BatchAccount account;
        BatchAccount.Call[] calls;
        bytes signature;
        uint256 fee;
    }

    address public immutable implementation;
    mapping(address => uint256) public deposits;

    event Created(address indexed account, address indexed owner);
    event Handled(address indexed account, address indexed bundler, bool success, uint256 fee);

    error CreationFailed();
    error PaymentFailed();

    constructor() {
        implementation = address(new BatchAccount());
    }

    /// A minimal proxy (EIP-1167) at an address that depends on the owner alone.
    function create(address owner) external returns (address account) {
        bytes memory code = abi.encodePacked(hex"3d602d80600a3d3981f3363d3d373d3d3d363d73", implementation, hex"5af43d82803e903d91602b57fd5bf3");
        bytes32 salt = bytes32(uint256(uint160(owner)));
        assembly {
            account := create2(0, add(code, 32), mload(code), salt)
        }
        if (account == address(0)) revert CreationFailed();
        BatchAccount(payable(account)).initialize(owner);
        emit Created(account, owner);
    }

    function depositFor(address account) external payable {
        deposits[account] += msg.value;
    }

    /// A failing operation is skipped; it still pays.
    function handle(Operation[] calldata operations) external {
        uint256 earned = 0;
        for (uint256 i = 0; i < operations.length; i++) {
            Operation calldata operation = operations[i];
            address account = address(operation.account);
            deposits[account] -= operation.fee;
            earned += operation.fee;
            bool success = true;
            try operation.account.executeSigned(operation.calls, operation.signature) {} catch {
                success = false;
            }
            emit Handled(account, msg.sender, success, operation.fee);
        }
        (bool paid,) = msg.sender.call{value: earned}("");
        if (!paid) revert PaymentFailed();
    }
}
