// SPDX-License-Identifier: Apache-2.0
pragma solidity ^0.8.28;

import {IToken, IWrappedEther} from "./Interfaces.sol";

/// One constant-product pool of two tokens with a fee of 0.3 %. Callers send tokens first, then call; the router does both.
/// Conflicts: each swap reads and writes both reserves (one packed slot), the lock, and the pool's two token balances, so
/// all swaps in a pool form one chain, whoever trades. Different pools are independent until a route joins them.
contract Pool {
    address public factory;
    address public token0;
    address public token1;
    uint112 private reserve0;
    uint112 private reserve1;
    uint32 private updatedAt;
    uint256 public priceCumulative0;
    uint256 public priceCumulative1;
    uint256 public totalShares;
    mapping(address => uint256) public sharesOf;
    uint256 private lock = 1;

    event Liquidity(address indexed provider, int256 shares, uint256 amount0, uint256 amount1);
    event Swap(address indexed to, bool zeroForOne, uint256 amountIn, uint256 amountOut);
    event Reserves(uint112 reserve0, uint112 reserve1);

    error Locked();
    error NotFactory();
    error NothingIn();
    error NothingOut();
    error TooLarge();

    modifier locked() {
        if (lock != 1) revert Locked();
        lock = 2;
        _;
        lock = 1;
    }

    constructor() {
        factory = msg.sender;
    }

    function initialize(address token0_, address token1_) external {
        if (msg.sender != factory) revert NotFactory();
        token0 = token0_;
        token1 = token1_;
    }

    function reserves() external view returns (uint112, uint112, uint32) {
        return (reserve0, reserve1, updatedAt);
    }

    function addLiquidity(address to) external locked returns (uint256 shares) {
        (uint256 balance0, uint256 balance1) = balances();
        uint256 amount0 = balance0 - reserve0;
        uint256 amount1 = balance1 - reserve1;
        uint256 total = totalShares;
        if (total == 0) {
            shares = squareRoot(amount0 * amount1);
        } else {
            uint256 shares0 = amount0 * total / reserve0;
            uint256 shares1 = amount1 * total / reserve1;
            shares = shares0 < shares1 ? shares0 : shares1;
        }
        if (shares == 0) revert NothingIn();
        totalShares = total + shares;
        sharesOf[to] += shares;
        store(balance0, balance1);
        emit Liquidity(to, int256(shares), amount0, amount1);
    }

    function removeLiquidity(uint256 shares, address to) external locked returns (uint256 amount0, uint256 amount1) {
        (uint256 balance0, uint256 balance1) = balances();
        sharesOf[msg.sender] -= shares;
        amount0 = balance0 * shares / totalShares;
        amount1 = balance1 * shares / totalShares;
        totalShares -= shares;
        IToken(token0).transfer(to, amount0);
        IToken(token1).transfer(to, amount1);
        store(balance0 - amount0, balance1 - amount1);
        emit Liquidity(msg.sender, -int256(shares), amount0, amount1);
    }

    /// Swaps what the pool received since its last update.
    function swap(bool zeroForOne, address to) external locked returns (uint256 amountOut) {
        (uint256 balance0, uint256 balance1) = balances();
        (uint256 reserveIn, uint256 reserveOut) = zeroForOne ? (uint256(reserve0), uint256(reserve1)) : (uint256(reserve1), uint256(reserve0));
        uint256 amountIn = (zeroForOne ? balance0 : balance1) - reserveIn;
        if (amountIn == 0) revert NothingIn();
        uint256 effective = amountIn * 997;
        amountOut = effective * reserveOut / (reserveIn * 1000 + effective);
        if (amountOut == 0) revert NothingOut();
        if (zeroForOne) {
            IToken(token1).transfer(to, amountOut);
            balance1 -= amountOut;
        } else {
            IToken(token0).transfer(to, amountOut);
            balance0 -= amountOut;
        }
        store(balance0, balance1);
        emit Swap(to, zeroForOne, amountIn, amountOut);
    }

    function balances() private view returns (uint256, uint256) {
        return (IToken(token0).balanceOf(address(this)), IToken(token1).balanceOf(address(this)));
    }

    function store(uint256 balance0, uint256 balance1) private {
        if (balance0 > type(uint112).max || balance1 > type(uint112).max) revert TooLarge();
        unchecked {
            uint32 elapsed = uint32(block.timestamp) - updatedAt;
            if (elapsed > 0 && reserve0 > 0 && reserve1 > 0) {
                priceCumulative0 += (uint256(reserve1) << 112) / reserve0 * elapsed;
                priceCumulative1 += (uint256(reserve0) << 112) / reserve1 * elapsed;
            }
        }
        reserve0 = uint112(balance0);
        reserve1 = uint112(balance1);
        updatedAt = uint32(block.timestamp);
        emit Reserves(uint112(balance0), uint112(balance1));
    }

    function squareRoot(uint256 value) private pure returns (uint256 root) {
        if (value == 0) return 0;
        root = value;
        uint256 next = (value >> 1) + 1;
        while (next < root) {
            root = next;
            next = (value / next + next) >> 1;
        }
    }
}

/// Creates one pool per pair, at an address known beforehand (CREATE2).
/// Conflicts: the list of pools and the factory's nonce chain all creations. Lookups only read.
contract PoolFactory {
    mapping(address => mapping(address => address)) public poolOf;
    address[] public pools;

    event PoolCreated(address indexed token0, address indexed token1, address pool);

    error Exists(address pool);
    error SameToken();

    function createPool(address tokenA, address tokenB) external returns (address pool) {
        if (tokenA == tokenB) revert SameToken();
        (address token0, address token1) = tokenA < tokenB ? (tokenA, tokenB) : (tokenB, tokenA);
        if (poolOf[token0][token1] != address(0)) revert Exists(poolOf[token0][token1]);
        pool = address(new Pool{salt: keccak256(abi.encode(token0, token1))}());
        Pool(pool).initialize(token0, token1);
        poolOf[token0][token1] = pool;
        poolOf[token1][token0] = pool;
        pools.push(pool);
        emit PoolCreated(token0, token1, pool);
    }
}

/// Routes trades over one or more pools.
/// Conflicts: it has no state of its own. A route over several pools joins their chains into one cluster.
contract Router {
    PoolFactory public immutable factory;
    IWrappedEther public immutable wrappedEther;

    error TooLate(uint256 deadline);
    error TooLittle(uint256 amount, uint256 minimum);
    error NoPool(address tokenA, address tokenB);
    error PaymentFailed();

    constructor(PoolFactory factory_, IWrappedEther wrappedEther_) {
        factory = factory_;
        wrappedEther = wrappedEther_;
    }

    modifier before(uint256 deadline) {
        if (block.timestamp > deadline) revert TooLate(deadline);
        _;
    }

    receive() external payable {}

    function swapTokens(address[] calldata path, uint256 amountIn, uint256 minimumOut, address to, uint256 deadline)
        external
        before(deadline)
        returns (uint256 amountOut)
    {
        IToken(path[0]).transferFrom(msg.sender, poolFor(path[0], path[1]), amountIn);
        amountOut = follow(path, to);
        if (amountOut < minimumOut) revert TooLittle(amountOut, minimumOut);
    }

    function swapEther(address[] calldata path, uint256 minimumOut, address to, uint256 deadline)
        external
        payable
        before(deadline)
        returns (uint256 amountOut)
    {
        wrappedEther.deposit{value: msg.value}();
        wrappedEther.transfer(poolFor(path[0], path[1]), msg.value);
        amountOut = follow(path, to);
        if (amountOut < minimumOut) revert TooLittle(amountOut, minimumOut);
    }

    function swapToEther(address[] calldata path, uint256 amountIn, uint256 minimumOut, address to, uint256 deadline)
        external
        before(deadline)
        returns (uint256 amountOut)
    {
        IToken(path[0]).transferFrom(msg.sender, poolFor(path[0], path[1]), amountIn);
        amountOut = follow(path, address(this));
        if (amountOut < minimumOut) revert TooLittle(amountOut, minimumOut);
        wrappedEther.withdraw(amountOut);
        (bool paid,) = to.call{value: amountOut}("");
        if (!paid) revert PaymentFailed();
    }

    /// Takes at most the given amounts, in the ratio of the pool's reserves.
    function addLiquidity(address tokenA, address tokenB, uint256 amountA, uint256 amountB, address to, uint256 deadline)
        external
        before(deadline)
        returns (uint256 shares)
    {
        address pool = poolFor(tokenA, tokenB);
        (uint256 reserveA, uint256 reserveB,) = Pool(pool).reserves();
        if (tokenA > tokenB) (reserveA, reserveB) = (reserveB, reserveA);
        if (reserveA > 0) {
            uint256 fittingB = amountA * reserveB / reserveA;
            if (fittingB <= amountB) amountB = fittingB;
            else amountA = amountB * reserveA / reserveB;
        }
        IToken(tokenA).transferFrom(msg.sender, pool, amountA);
        IToken(tokenB).transferFrom(msg.sender, pool, amountB);
        shares = Pool(pool).addLiquidity(to);
    }

    function follow(address[] calldata path, address to) private returns (uint256 amountOut) {
        for (uint256 i = 0; i + 1 < path.length; i++) {
            address next = i + 2 < path.length ? poolFor(path[i + 1], path[i + 2]) : to;
            amountOut = Pool(poolFor(path[i], path[i + 1])).swap(path[i] < path[i + 1], next);
        }
    }

    function poolFor(address tokenA, address tokenB) private view returns (address pool) {
        pool = factory.poolOf(tokenA, tokenB);
        if (pool == address(0)) revert NoPool(tokenA, tokenB);
    }
}
