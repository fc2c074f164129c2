// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {ICollectible} from "./Interfaces.sol";

/// Sells items of any collection for ether, with royalties, a fee and offers held in escrow.
/// Conflicts: two buyers of one listing conflict (the second reverts); sales of different items share only balances that
/// grow (artist, fee), which commute as deltas. Volume per collection is one shared slot per collection: an innocent
/// looking statistic that chains all its sales.
contract Marketplace {
    struct Listing {
        address seller;
        uint96 price;
    }

    struct Offer {
        address bidder;
        uint96 amount;
    }

    uint256 private constant FEE_BASIS_POINTS = 250;

    address payable public immutable treasury;
    mapping(address => mapping(uint256 => Listing)) public listings;
    mapping(address => mapping(uint256 => Offer)) public offers;
    mapping(address => uint256) public volume;

    event Listed(address indexed collection, uint256 indexed id, address indexed seller, uint256 price);
    event Cancelled(address indexed collection, uint256 indexed id);
    event Sold(address indexed collection, uint256 indexed id, address seller, address buyer, uint256 price);
    event Offered(address indexed collection, uint256 indexed id, address indexed bidder, uint256 amount);

    error NotListed();
    error NotSeller();
    error NotOwner();
    error WrongPrice(uint256 paid, uint256 price);
    error OfferTooLow(uint256 standing);
    error NoOffer();
    error PaymentFailed(address to);

    constructor(address payable treasury_) {
        treasury = treasury_;
    }

    function list(ICollectible collection, uint256 id, uint96 price) external {
        if (collection.ownerOf(id) != msg.sender) revert NotOwner();
        listings[address(collection)][id] = Listing(msg.sender, price);
        emit Listed(address(collection), id, msg.sender, price);
    }

    function cancel(address collection, uint256 id) external {
        if (listings[collection][id].seller != msg.sender) revert NotSeller();
        delete listings[collection][id];
        emit Cancelled(collection, id);
    }

    function buy(ICollectible collection, uint256 id) external payable {
        Listing memory listing = listings[address(collection)][id];
        if (listing.seller == address(0)) revert NotListed();
        if (msg.value != listing.price) revert WrongPrice(msg.value, listing.price);
        settle(collection, id, listing.seller, msg.sender, msg.value);
    }

    /// A higher offer pays the standing one back.
    function offer(address collection, uint256 id) external payable {
        Offer memory standing = offers[collection][id];
        if (msg.value <= standing.amount) revert OfferTooLow(standing.amount);
        offers[collection][id] = Offer(msg.sender, uint96(msg.value));
        emit Offered(collection, id, msg.sender, msg.value);
        if (standing.bidder != address(0)) pay(standing.bidder, standing.amount);
    }

    function accept(ICollectible collection, uint256 id) external {
        Offer memory standing = offers[address(collection)][id];
        if (standing.bidder == address(0)) revert NoOffer();
        delete offers[address(collection)][id];
        settle(collection, id, msg.sender, standing.bidder, standing.amount);
    }

    function settle(ICollectible collection, uint256 id, address seller, address buyer, uint256 price) private {
        delete listings[address(collection)][id];
        volume[address(collection)] += price;
        collection.transferFrom(seller, buyer, id);
        (address artist, uint256 royalty) = collection.royaltyInfo(id, price);
        uint256 fee = price * FEE_BASIS_POINTS / 10_000;
        pay(artist, royalty);
        pay(treasury, fee);
        pay(seller, price - royalty - fee);
        emit Sold(address(collection), id, seller, buyer, price);
    }

    function pay(address to, uint256 amount) private {
        if (amount == 0) return;
        (bool paid,) = to.call{value: amount}("");
        if (!paid) revert PaymentFailed(to);
    }
}
