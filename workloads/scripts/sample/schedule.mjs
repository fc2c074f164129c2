// What happens when: deployments at the beginning of each era, the mix of actions, bursts.
import { concat, getCreateAddress, keccak256, zeroPadValue } from 'ethers';
import { basic } from './basic.mjs';
import { artifact, call, creation, encode } from './contracts.mjs';
import { finance, postPrice } from './finance.mjs';
import { Popular, weighted } from './random.mjs';
import { boxAddress, social } from './social.mjs';
import { ETHER, NEVER } from './world.mjs';

const SUPPLY = 10n ** 12n * ETHER;
const actions = { ...basic, ...finance, ...social };

/** Weights of actions, and the fork from which they are possible. */
const MIX = {
  paris: {
    payment: 200, newAccount: 18, tokenPayment: 180, burn: 3, unwrap: 12, createContract: 9, endlessLoop: 3, inscription: 14,
    wrapGift: 6, openGift: 6, swap: 170, arbitrage: 14, addLiquidity: 6, mintItem: 25, giveItem: 12, listItem: 14, buyItem: 12,
    offerForItem: 8, acceptOffer: 5,
  },
  cancun: {
    supply: 5, withdrawSupply: 4, borrow: 9, repay: 7, liquidate: 3, postPrice: 4, saveInVault: 7, leaveVault: 5, harvest: 1, stake: 9,
    unstake: 5, claimReward: 8, claimAirdrop: 14, hatch: 10, battle: 24, breed: 6, lockVotes: 7, delegate: 5, propose: 1, vote: 9,
    executeProposal: 1, registerGoods: 18, handOver: 24, inspectGoods: 10, packGoods: 3, createSmartAccount: 4, bundle: 6, postBlobs: 7,
    proveBlob: 3, askSystem: 2, validatorDeposit: 2,
  },
  prague: { setCode: 14, batch: 16, withdrawalRequest: 2, consolidationRequest: 1 },
  osaka: { passkey: 14 },
};

/** What crowds do all at once. */
const BURSTS = {
  paris: { mintItem: 30, swap: 40, tokenPayment: 60, payment: 60 },
  cancun: { claimAirdrop: 40, battle: 30, vote: 20, handOver: 40, borrow: 12, mintItem: 30 },
  prague: { batch: 12 },
  osaka: {},
};

const ERAS = ['paris', 'cancun', 'prague', 'osaka'];
const PATHS = ['WETH AUR', 'AUR WETH', 'WETH BRL', 'AUR BRL', 'BRL AUR', 'CPR AUR WETH', 'BRL WETH', 'WETH AUR CPR'];
const LATER_PATHS = ['WETH DUN', 'DUN WETH', 'WETH DUN ELM', 'ELM DUN WETH AUR', 'AUR WETH DUN ELM'];

export class Schedule {
  #stage = 0;
  #burst = null;

  constructor(world) {
    this.world = world;
    Object.assign(world, { offered: [], operators: new Set(), passkeyCounters: new Map(), rollupRoots: [0, 0].map(() => '0x' + '0'.repeat(64)) });
    world.boxAddress = ({ giver, receiver }) =>
      boxAddress(world.contracts.GiftShop, creation('GiftBox', 'paris', [giver.address, receiver.address]));
    world.cloneAddress = (owner) => cloneAddress(world, owner);
  }

  /** Fills a block with about `demand` actions and whatever must precede them. */
  plan(block, demand) {
    const { random } = this.world;
    const setUp = this.#setUp(block);
    if (setUp || demand === 0) return;
    const eras = ERAS.filter((era) => this.#open(era, block));
    const mix = Object.assign({}, ...eras.map((era) => MIX[era]));
    for (let i = 0; i < demand; i++) actions[weighted(random, mix)](this.world, block);
    if (!this.#burst && random.chance(0.05)) {
      const bursts = Object.assign({}, ...eras.map((era) => BURSTS[era]));
      const name = random.pick(Object.keys(bursts));
      this.#burst = { name, size: bursts[name], blocks: random.between(2, 5) };
    }
    if (!this.#burst) return;
    for (let i = 0; i < this.#burst.size; i++) actions[this.#burst.name](this.world, block);
    if (--this.#burst.blocks === 0) this.#burst = null;
  }

  /** The price of ether falls by 30 %: liquidations follow. */
  crash(block) {
    this.world.etherPrice = (this.world.etherPrice * 7n) / 10n;
    for (let i = 0; i < 2; i++) postPrice(this.world, block, 'WETH', this.world.etherPrice);
    for (let i = 0; i < 15; i++) finance.liquidate(this.world, block);
  }

  #open(era, block) {
    return block.at(era) && { paris: this.#stage >= 3, cancun: this.#stage >= 7, prague: this.#stage >= 7, osaka: this.#stage >= 8 }[era];
  }

  /** One stage of deployments, if one is due. Returns whether nothing else should happen in this block. */
  #setUp(block) {
    const stages = [
      ['paris', () => this.#firstTokens(block), true],
      ['paris', () => this.#exchange(block), true],
      ['paris', () => this.#firstPools(block), true],
      ['cancun', () => this.#laterTokens(block), false],
      ['cancun', () => this.#applications(block), false],
      ['cancun', () => this.#dependentApplications(block), false],
      ['cancun', () => this.#laterPools(block), false],
      ['osaka', () => this.world.deploy(block, 'Passkey', 'Passkey', 'osaka'), false],
    ];
    const [era, run, alone] = stages[this.#stage] ?? [];
    if (!run || !block.at(era)) return false;
    run();
    this.#stage++;
    return alone;
  }

  #firstTokens(block) {
    const { world } = this;
    world.deploy(block, 'WETH', 'WrappedEther', 'paris');
    for (const [symbol, name] of [['AUR', 'Aurum'], ['BRL', 'Beryl'], ['CPR', 'Cuprum']]) this.#token(block, symbol, name, 'paris');
    world.deploy(block, 'PoolFactory', 'PoolFactory', 'paris');
  }

  #exchange(block) {
    const { world } = this;
    world.deploy(block, 'Router', 'Router', 'paris', [world.contracts.PoolFactory, world.contracts.WETH]);
    world.deploy(block, 'Drop', 'Collectible', 'paris', ['First Drop', 'DROP', 10n ** 16n, 500]);
    world.deploy(block, 'Marketplace', 'Marketplace', 'paris', [world.deployer.address]);
    world.deploy(block, 'GiftShop', 'GiftShop', 'paris');
    for (const [a, b] of [['WETH', 'AUR'], ['WETH', 'BRL'], ['AUR', 'BRL'], ['AUR', 'CPR']]) this.#pool(block, a, b);
  }

  #firstPools(block) {
    const { world } = this;
    world.tokens = ['AUR', 'WETH', 'BRL', 'CPR'];
    for (const token of ['AUR', 'BRL', 'CPR']) this.#endow(block, token);
    for (const [a, b] of world.pools) this.#fill(block, a, b);
    world.tokenChoice = new Popular(world.tokens, 0.9);
    world.pathChoice = new Popular(PATHS.map((path) => path.split(' ')), 0.8);
  }

  #laterTokens(block) {
    const { world } = this;
    for (const [symbol, name] of [['DUN', 'Dunite'], ['ELM', 'Elm'], ['GEM', 'Gem']]) this.#token(block, symbol, name, 'prague');
    world.deploy(block, 'PriceFeed', 'PriceFeed', 'prague');
    world.deploy(block, 'Gallery', 'Collectible', 'prague', ['Gallery', 'GLRY', 10n ** 16n, 750]);
    this.#endow(block, 'DUN');
    this.#endow(block, 'ELM');
  }

  #applications(block) {
    const { world } = this;
    const { contracts } = world;
    world.deploy(block, 'GAME', 'Game', 'prague', [contracts.GEM]);
    world.deploy(block, 'Council', 'Council', 'prague', [contracts.DUN]);
    world.deploy(block, 'SupplyChain', 'SupplyChain', 'prague');
    world.deploy(block, 'BatchAccount', 'BatchAccount', 'prague');
    world.deploy(block, 'BlobLedger', 'BlobLedger', 'prague');
    world.deploy(block, 'Staking', 'Staking', 'prague', [contracts.BRL, contracts.CPR]);
    world.contracts.Game = world.contracts.GAME;
    this.#order(block, world.deployer, 'GEM', call('Token', 'setMinter', contracts.GAME, true), 60_000, 'token minter');
    this.#order(block, world.deployer, 'PriceFeed', call('PriceFeed', 'setReporter', world.treasury.address, true), 60_000, 'reporter');
  }

  #dependentApplications(block) {
    const { world } = this;
    const { contracts } = world;
    world.deploy(block, 'BundleHub', 'BundleHub', 'prague');
    world.deploy(block, 'Market', 'LendingMarket', 'prague', [contracts.WETH, contracts.AUR, contracts.PriceFeed]);
    world.deploy(block, 'Vault', 'Vault', 'prague', [world.contracts.Market]);
    world.deploy(block, 'Airdrop', 'Airdrop', 'prague', [contracts.DUN, this.#airdropRoot()]);
    for (const [a, b] of [['WETH', 'DUN'], ['DUN', 'ELM']]) this.#pool(block, a, b);
    for (const [token, price] of [['WETH', world.etherPrice], ['AUR', ETHER]]) postPrice(world, block, token, price);
    const fund = call('Token', 'transfer', world.deployer.address, 10n ** 9n * ETHER);
    this.#order(block, world.treasury, 'CPR', fund, 80_000, 'token payout');
  }

  #laterPools(block) {
    const { world } = this;
    for (const [a, b] of world.pools.slice(-2)) this.#fill(block, a, b);
    world.tokens.push('DUN', 'ELM');
    world.tokenChoice = new Popular(world.tokens, 0.9);
    world.pathChoice = new Popular([...PATHS, ...LATER_PATHS].map((path) => path.split(' ')), 0.8);
    const { contracts, deployer, treasury } = world;
    this.#order(block, deployer, 'CPR', call('Token', 'approve', contracts.Staking, SUPPLY), 65_000, 'token approval');
    this.#order(block, deployer, 'Staking', call('Staking', 'fund', 10n ** 6n * ETHER, 86_400), 200_000, 'staking fund');
    this.#order(block, treasury, 'DUN', call('Token', 'transfer', contracts.Airdrop, 10n ** 8n * ETHER), 80_000, 'token payout');
    world.approve(block, treasury, 'AUR', contracts.Market);
    this.#order(block, treasury, 'Market', call('LendingMarket', 'supply', 2n * 10n ** 6n * ETHER), 200_000, 'lending supply');
  }

  #token(block, symbol, name, evmVersion) {
    this.world.deploy(block, symbol, 'Token', evmVersion, [name, symbol, SUPPLY]);
    this.world.tokenNames = { ...this.world.tokenNames, [symbol]: name };
  }

  /** The treasury gets the supply, to pay it out. */
  #endow(block, token) {
    const data = call('Token', 'transfer', this.world.treasury.address, SUPPLY);
    this.#order(block, this.world.deployer, token, data, 80_000, 'token payout');
  }

  #pool(block, a, b) {
    const { world } = this;
    const data = call('PoolFactory', 'createPool', world.contracts[a], world.contracts[b]);
    this.#order(block, world.deployer, 'PoolFactory', data, 1_000_000, 'create pool');
    world.pools.push([a, b]);
  }

  #fill(block, a, b) {
    const { world } = this;
    const { contracts, treasury } = world;
    const amounts = [a, b].map((token) => (token === 'WETH' ? 200n * ETHER : 400_000n * ETHER));
    for (const [i, token] of [a, b].entries()) {
      world.hold(block, treasury, token, amounts[i]);
      world.approve(block, treasury, token, contracts.Router);
    }
    const data = call('Router', 'addLiquidity', contracts[a], contracts[b], ...amounts, treasury.address, NEVER);
    this.#order(block, treasury, 'Router', data, 450_000, 'add liquidity');
  }

  #order(block, from, contract, data, gas, kind) {
    block.front.push({ from, to: this.world.contracts[contract], data, gas, kind });
  }

  #airdropRoot() {
    const { users, random } = this.world;
    const claims = users.map((account, index) => ({ account, index, amount: random.ether(1, 100), proof: [] }));
    const leaf = ({ index, account, amount }) => keccak256(keccak256(encode(['uint256', 'address', 'uint256'], [index, account.address, amount])));
    let level = claims.map((claim) => ({ hash: leaf(claim), claims: [claim] }));
    while (level.length > 1) {
      const next = [];
      for (let i = 0; i < level.length; i += 2) next.push(i + 1 < level.length ? join(level[i], level[i + 1]) : level[i]);
      level = next;
    }
    this.world.claims = claims;
    return level[0].hash;
  }
}

/** The parent of two Merkle nodes; their claims' proofs grow by the sibling. */
function join(left, right) {
  for (const claim of left.claims) claim.proof.push(right.hash);
  for (const claim of right.claims) claim.proof.push(left.hash);
  const [low, high] = left.hash < right.hash ? [left.hash, right.hash] : [right.hash, left.hash];
  return { hash: keccak256(concat([low, high])), claims: [...left.claims, ...right.claims] };
}

function cloneAddress(world, owner) {
  const implementation = getCreateAddress({ from: world.contracts.BundleHub, nonce: 1 });
  const code = concat(['0x3d602d80600a3d3981f3363d3d373d3d3d363d73', implementation, '0x5af43d82803e903d91602b57fd5bf3']);
  return getCreate2(world.contracts.BundleHub, zeroPadValue(owner.address, 32), code);
}

function getCreate2(creator, salt, code) {
  return '0x' + keccak256(concat(['0xff', creator, salt, keccak256(code)])).slice(26);
}

export const depositCode = () => artifact('Deposits').runtimeBytecode;
