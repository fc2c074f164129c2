// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

/// The few calls that our contracts make to one another's tokens.
interface IToken {
    function balanceOf(address account) external view returns (uint256);
    function transfer(address to, uint256 amount) external returns (bool);
    function transferFrom(address from, address to, uint256 amount) external returns (bool);
    function approve(address spender, uint256 amount) external returns (bool);
}

interface IMintable {
    function mint(address to, uint256 amount) external;
}

interface IWrappedEther is IToken {
    function deposit() external payable;
    function withdraw(uint256 amount) external;
}

interface ICollectible {
    function ownerOf(uint256 id) external view returns (address);
    function transferFrom(address from, address to, uint256 id) external;
    function royaltyInfo(uint256 id, uint256 price) external view returns (address receiver, uint256 amount);
}

interface IPriceFeed {
    function price(address asset) external view returns (uint256);
}
