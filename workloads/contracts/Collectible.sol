// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// A collection of unique items (ERC-721) with royalties (ERC-2981).
/// Conflicts: minting increments one counter, so a popular drop is one chain (its burst is the classic worst case).
/// Transfers conflict only by item or by the holders' counts.
contract Collectible {
    string public name;
    string public symbol;
    address public immutable artist;
    uint256 public immutable price;
    uint96 public immutable royaltyBasisPoints;
    uint256 public minted;
    mapping(uint256 => address) private owners;
    mapping(address => uint256) public balanceOf;
    mapping(uint256 => address) public approvedFor;
    mapping(address => mapping(address => bool)) public isApprovedForAll;
    mapping(uint256 => bytes32) public traits;

    event Transfer(address indexed from, address indexed to, uint256 indexed id);
    event Approval(address indexed holder, address indexed approved, uint256 indexed id);
    event ApprovalForAll(address indexed holder, address indexed operator, bool approved);

    error NoSuchItem(uint256 id);
    error NotAllowed(address caller, uint256 id);
    error WrongPrice(uint256 paid, uint256 price);
    error TooMany(uint256 amount);
    error PaymentFailed();

    constructor(string memory name_, string memory symbol_, uint256 price_, uint96 royaltyBasisPoints_) {
        name = name_;
        symbol = symbol_;
        artist = msg.sender;
        price = price_;
        royaltyBasisPoints = royaltyBasisPoints_;
    }

    function mint(uint256 amount) external payable {
        if (amount == 0 || amount > 10) revert TooMany(amount);
        if (msg.value != price * amount) revert WrongPrice(msg.value, price * amount);
        uint256 id = minted;
        minted = id + amount;
        balanceOf[msg.sender] += amount;
        for (uint256 end = id + amount; id < end; id++) {
            owners[id] = msg.sender;
            traits[id] = keccak256(abi.encode(block.prevrandao, id, msg.sender));
            emit Transfer(address(0), msg.sender, id);
        }
    }

    function ownerOf(uint256 id) public view returns (address owner) {
        owner = owners[id];
        if (owner == address(0)) revert NoSuchItem(id);
    }

    function approve(address approved, uint256 id) external {
        address owner = ownerOf(id);
        if (msg.sender != owner && !isApprovedForAll[owner][msg.sender]) revert NotAllowed(msg.sender, id);
        approvedFor[id] = approved;
        emit Approval(owner, approved, id);
    }

    function setApprovalForAll(address operator, bool approved) external {
        isApprovedForAll[msg.sender][operator] = approved;
        emit ApprovalForAll(msg.sender, operator, approved);
    }

    function transferFrom(address from, address to, uint256 id) external {
        address owner = ownerOf(id);
        bool allowed = msg.sender == owner || isApprovedForAll[owner][msg.sender] || approvedFor[id] == msg.sender;
        if (owner != from || !allowed) revert NotAllowed(msg.sender, id);
        if (approvedFor[id] != address(0)) delete approvedFor[id];
        owners[id] = to;
        unchecked {
            balanceOf[from]--;
            balanceOf[to]++;
        }
        emit Transfer(from, to, id);
    }

    function royaltyInfo(uint256, uint256 salePrice) external view returns (address receiver, uint256 amount) {
        return (artist, salePrice * royaltyBasisPoints / 10_000);
    }

    /// The proceeds of the drop.
    function collect() external {
        (bool paid,) = artist.call{value: address(this).balance}("");
        if (!paid) revert PaymentFailed();
    }
}
