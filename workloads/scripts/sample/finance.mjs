// Trading, lending, vaults, staking, claims.
import { call } from './contracts.mjs';
import { ETHER, NEVER } from './world.mjs';

export const finance = {
  swap(world, block) {
    trade(world, block, world.sender());
  },

  /** A bot trades right behind somebody, in the same pools. */
  arbitrage(world, block) {
    const path = world.pathChoice.pick(world.random);
    trade(world, block, world.sender(), path);
    trade(world, block, world.random.pick(world.bots), [...path].reverse());
  },

  addLiquidity(world, block) {
    const { random } = world;
    const from = world.sender();
    const [a, b] = random.pick(world.pools);
    const amountA = random.ether(0.5, 5);
    const amountB = amountA * 5_000n;
    const amounts = [amountA, amountB].map((amount) => (amount > 2_000n * ETHER ? 2_000n * ETHER : amount));
    for (const [token, amount] of [[a, amounts[0]], [b, amounts[1]]]) {
      world.hold(block, from, token, amount);
      world.approve(block, from, token, world.contracts.Router);
    }
    const data = call('Router', 'addLiquidity', world.contracts[a], world.contracts[b], ...amounts, from.address, NEVER);
    block.main.push({ from, to: world.contracts.Router, data, gas: 300_000, kind: 'add liquidity' });
  },

  supply(world, block) {
    const from = world.sender();
    const amount = world.random.ether(50, 2_000);
    prepare(world, block, from, 'AUR', world.contracts.Market, amount);
    push(world, block, from, 'Market', call('LendingMarket', 'supply', amount), 190_000, 'lending supply');
    world.lenders.push(from);
  },

  withdrawSupply(world, block) {
    if (world.lenders.length === 0) return finance.supply(world, block);
    const data = call('LendingMarket', 'withdraw', world.random.ether(1, 20));
    push(world, block, world.random.pick(world.lenders), 'Market', data, 180_000, 'lending withdraw');
  },

  borrow(world, block) {
    const { random } = world;
    const from = world.sender();
    const collateral = random.ether(0.2, 3);
    prepare(world, block, from, 'WETH', world.contracts.Market, collateral);
    push(world, block, from, 'Market', call('LendingMarket', 'depositCollateral', collateral), 130_000, 'lending collateral');
    const share = BigInt(random.between(40, 76));
    const amount = (((collateral * world.etherPrice) / ETHER) * share) / 100n;
    push(world, block, from, 'Market', call('LendingMarket', 'borrow', amount), 260_000, 'lending borrow');
    world.positions.push(from);
  },

  repay(world, block) {
    if (world.positions.length === 0) return finance.borrow(world, block);
    const borrower = world.random.pick(world.positions);
    const amount = world.random.ether(1, 200);
    prepare(world, block, borrower, 'AUR', world.contracts.Market, amount);
    push(world, block, borrower, 'Market', call('LendingMarket', 'repay', borrower.address, amount), 190_000, 'lending repay');
  },

  /** Bots try; many attempts find a healthy position. */
  liquidate(world, block) {
    if (world.positions.length === 0) return;
    const bot = world.random.pick(world.bots);
    const amount = world.random.ether(50, 500);
    prepare(world, block, bot, 'AUR', world.contracts.Market, amount);
    const borrower = world.random.pick(world.positions);
    push(world, block, bot, 'Market', call('LendingMarket', 'liquidate', borrower.address, amount), 260_000, 'lending liquidate');
  },

  postPrice(world, block) {
    const step = BigInt(world.random.between(970, 1_029));
    world.etherPrice = (world.etherPrice * step) / 1_000n;
    postPrice(world, block, 'WETH', world.etherPrice);
  },

  saveInVault(world, block) {
    const from = world.sender();
    const amount = world.random.ether(10, 500);
    prepare(world, block, from, 'AUR', world.contracts.Vault, amount);
    push(world, block, from, 'Vault', call('Vault', 'deposit', amount), 170_000, 'vault deposit');
    world.savers.push(from);
  },

  leaveVault(world, block) {
    if (world.savers.length === 0) return finance.saveInVault(world, block);
    const data = call('Vault', 'withdraw', world.random.ether(1, 10));
    push(world, block, world.random.pick(world.savers), 'Vault', data, 300_000, 'vault withdraw');
  },

  harvest(world, block) {
    push(world, block, world.random.pick(world.bots), 'Vault', call('Vault', 'harvest'), 260_000, 'vault harvest');
  },

  stake(world, block) {
    const from = world.sender();
    const amount = world.random.ether(1, 100);
    prepare(world, block, from, 'BRL', world.contracts.Staking, amount);
    push(world, block, from, 'Staking', call('Staking', 'stake', amount), 210_000, 'stake');
    world.stakers.push(from);
  },

  unstake(world, block) {
    if (world.stakers.length === 0) return finance.stake(world, block);
    push(world, block, world.random.pick(world.stakers), 'Staking', call('Staking', 'unstake', ETHER / 2n), 170_000, 'unstake');
  },

  claimReward(world, block) {
    if (world.stakers.length === 0) return finance.stake(world, block);
    push(world, block, world.random.pick(world.stakers), 'Staking', call('Staking', 'claim'), 170_000, 'claim reward');
  },

  claimAirdrop(world, block) {
    if (world.claims.length === 0) return;
    const [claim] = world.claims.splice(world.random.between(0, world.claims.length - 1), 1);
    const data = call('Airdrop', 'claim', claim.index, claim.account.address, claim.amount, claim.proof);
    push(world, block, claim.account, 'Airdrop', data, 160_000, 'claim airdrop');
    // The eager click twice.
    if (world.random.chance(0.06)) push(world, block, claim.account, 'Airdrop', data, 160_000, 'claim airdrop again');
  },
};

export function postPrice(world, block, token, price) {
  const data = call('PriceFeed', 'post', world.contracts[token], price);
  push(world, block, world.treasury, 'PriceFeed', data, 150_000, 'post price');
}

function trade(world, block, from, wanted) {
  const { random } = world;
  const names = wanted ?? world.pathChoice.pick(random);
  const path = names.map((name) => world.contracts[name]);
  const gas = 110_000 + 110_000 * (path.length - 1);
  const router = world.contracts.Router;
  // Some ask for more than the pool gives: their trade fails by slippage.
  const minimum = random.chance(0.03) ? 10n ** 30n : 0n;
  if (names[0] === 'WETH' && random.chance(0.6)) {
    const data = call('Router', 'swapEther', path, minimum, from.address, NEVER);
    block.main.push({ from, to: router, data, value: random.ether(0.001, 0.2), gas: gas + 40_000, kind: 'swap ether' });
    return;
  }
  const amount = names[0] === 'WETH' ? random.ether(0.001, 0.2) : random.ether(0.5, 100);
  prepare(world, block, from, names[0], router, amount);
  if (names.at(-1) === 'WETH' && random.chance(0.6)) {
    const data = call('Router', 'swapToEther', path, amount, minimum, from.address, NEVER);
    block.main.push({ from, to: router, data, gas: gas + 40_000, kind: 'swap to ether' });
    return;
  }
  const data = call('Router', 'swapTokens', path, amount, minimum, from.address, NEVER);
  block.main.push({ from, to: router, data, gas, kind: 'swap tokens' });
}

function prepare(world, block, from, token, spender, amount) {
  world.hold(block, from, token, amount);
  world.approve(block, from, token, spender);
}

function push(world, block, from, contract, data, gas, kind) {
  block.main.push({ from, to: world.contracts[contract], data, gas, kind });
}
