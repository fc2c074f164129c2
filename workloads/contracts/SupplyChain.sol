// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// Goods and their custody: registration, hand-overs in two steps, inspections, containers of many goods.
/// Conflicts: almost none: each item is its own island, and items are registered under names chosen by the maker, not
/// from a counter. A container joins its items. The workload that should scale with cores.
contract SupplyChain {
    enum Status {
        Unknown,
        Held,
        InTransit,
        Delivered
    }

    struct Item {
        address holder;
        uint40 updatedAt;
        Status status;
        uint16 steps;
        address receiver;
        bytes32 trail;
    }

    mapping(bytes32 => Item) public items;
    mapping(bytes32 => string) public descriptions;
    mapping(bytes32 => bytes32[]) private contents;
    mapping(address => mapping(address => bool)) public isInspector;

    event Registered(bytes32 indexed item, address indexed maker, string description);
    event Offered(bytes32 indexed item, address indexed from, address indexed to);
    event Accepted(bytes32 indexed item, address indexed holder, bytes32 trail);
    event Inspected(bytes32 indexed item, address indexed inspector, bytes32 finding);
    event Packed(bytes32 indexed container, uint256 count);

    error Exists(bytes32 item);
    error NotHolder(bytes32 item);
    error NotReceiver(bytes32 item);
    error NotInspector(bytes32 item);

    function register(bytes32 item, string calldata description) external {
        if (items[item].status != Status.Unknown) revert Exists(item);
        items[item] = Item(msg.sender, uint40(block.timestamp), Status.Held, 0, address(0), item);
        descriptions[item] = description;
        emit Registered(item, msg.sender, description);
    }

    function appoint(address inspector, bool allowed) external {
        isInspector[msg.sender][inspector] = allowed;
    }

    function offer(bytes32 item, address to) external {
        Item storage entry = held(item);
        entry.status = Status.InTransit;
        entry.receiver = to;
        entry.updatedAt = uint40(block.timestamp);
        emit Offered(item, msg.sender, to);
    }

    /// Taking over a container takes over all that it holds.
    function accept(bytes32 item) external {
        if (items[item].receiver != msg.sender) revert NotReceiver(item);
        take(item);
        bytes32[] storage inside = contents[item];
        for (uint256 i = 0; i < inside.length; i++) take(inside[i]);
    }

    function inspect(bytes32 item, bytes32 finding) external {
        Item storage entry = items[item];
        if (entry.holder != msg.sender && !isInspector[entry.holder][msg.sender]) revert NotInspector(item);
        entry.trail = keccak256(abi.encode(entry.trail, msg.sender, finding));
        emit Inspected(item, msg.sender, finding);
    }

    function pack(bytes32 container, bytes32[] calldata inside) external {
        if (items[container].status != Status.Unknown) revert Exists(container);
        items[container] = Item(msg.sender, uint40(block.timestamp), Status.Held, 0, address(0), container);
        for (uint256 i = 0; i < inside.length; i++) {
            held(inside[i]);
            contents[container].push(inside[i]);
        }
        emit Packed(container, inside.length);
    }

    function held(bytes32 item) private view returns (Item storage entry) {
        entry = items[item];
        if (entry.holder != msg.sender) revert NotHolder(item);
    }

    function take(bytes32 item) private {
        Item storage entry = items[item];
        entry.trail = keccak256(abi.encode(entry.trail, entry.holder, msg.sender, block.timestamp));
        entry.holder = msg.sender;
        entry.receiver = address(0);
        entry.status = Status.Delivered;
        entry.updatedAt = uint40(block.timestamp);
        entry.steps++;
        emit Accepted(item, msg.sender, entry.trail);
    }
}
