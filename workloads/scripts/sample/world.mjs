// What the sender knows of the chain: who holds and approved what, what is listed, which positions are open. It is a
// sketch that steers the mix towards success; where it is wrong a transaction reverts, as on a real chain.
import { MaxUint256, TypedDataEncoder, getCreateAddress } from 'ethers';
import { Popular } from './random.mjs';
import { artifact, call, creation } from './contracts.mjs';
import { CHAIN_ID, START } from './genesis.mjs';
import { Account } from './wallet.mjs';

export const ETHER = 10n ** 18n;
export const NEVER = BigInt(START) * 2n;

export class World {
  contracts = {};
  /** Names of the tokens in order of popularity. */
  tokens = [];
  pools = [];
  paths = [];
  items = [];
  listings = [];
  creatures = [];
  proposals = [];
  goods = [];
  positions = [];
  boxes = [];
  stakers = [];
  savers = [];
  lenders = [];
  members = [];
  smartAccounts = [];
  blobs = [];
  passkeys = [];
  claims = [];
  batchNonces = new Map();
  etherPrice = 2_000n * ETHER;
  #holdings = new Map();
  #approvals = new Set();

  constructor(seed, random, users) {
    this.random = random;
    this.seed = seed;
    this.users = Array.from({ length: users }, (_, i) => new Account(seed, `user ${i}`));
    this.builders = Array.from({ length: 9 }, (_, i) => new Account(seed, `builder ${i}`));
    this.treasury = new Account(seed, 'treasury');
    this.deployer = new Account(seed, 'deployer');
    this.sequencers = [0, 1].map((i) => new Account(seed, `sequencer ${i}`));
    this.bots = [0, 1, 2].map((i) => new Account(seed, `bot ${i}`));
    for (const account of [this.treasury, this.deployer, ...this.builders, ...this.sequencers, ...this.bots]) account.habit = 'dynamic';
    this.senders = new Popular(this.users, 0.7);
    this.receivers = new Popular([...this.users].reverse(), 1.05);
    this.builderChoice = new Popular(this.builders, 1.1);
  }

  get funded() {
    return [this.treasury, this.deployer, ...this.builders, ...this.sequencers, ...this.bots, ...this.users];
  }

  sender() {
    return this.senders.pick(this.random);
  }

  receiver() {
    return this.receivers.pick(this.random);
  }

  has(name) {
    return name in this.contracts;
  }

  /** A creation, known by `name` from now on. The address holds if the deployer's requests keep their order. */
  deploy(block, name, contract, evmVersion, parameters = [], gas = 1_350_000) {
    const pending = block.front.filter((request) => request.from === this.deployer).length;
    this.contracts[name] = getCreateAddress({ from: this.deployer.address, nonce: this.deployer.nonce + pending });
    block.front.push({ from: this.deployer, data: creation(contract, evmVersion, parameters), gas, kind: `deploy ${contract}` });
    return this.contracts[name];
  }

  /** Sees to it that an account holds an amount of a token, by a payment from the treasury (or by wrapping ether). */
  hold(block, account, token, amount) {
    const key = `${token}/${account.address}`;
    const held = this.#holdings.get(key) ?? 0n;
    if (account === this.treasury && token !== 'WETH') return;
    if (held < amount) {
      const added = amount * BigInt(this.random.between(4, 12));
      this.#holdings.set(key, held + added);
      if (token === 'WETH') {
        block.front.push({ from: account, to: this.contracts.WETH, data: call('WrappedEther', 'deposit'), value: added, gas: 60_000, kind: 'wrap ether' });
      } else {
        const data = call('Token', 'transfer', account.address, added);
        block.front.push({ from: this.treasury, to: this.contracts[token], data, gas: 80_000, kind: 'token payout' });
      }
    }
    this.#holdings.set(key, this.#holdings.get(key) - amount);
  }

  /** Sees to it that a spender may take an account's tokens: mostly by an approval, sometimes by a permit. */
  approve(block, account, token, spender) {
    const key = `${token}/${account.address}/${spender}`;
    if (this.#approvals.has(key)) return;
    this.#approvals.add(key);
    if (token !== 'WETH' && this.random.chance(0.15)) {
      block.front.push(this.permit(account, token, spender));
      return;
    }
    const data = call('Token', 'approve', spender, MaxUint256);
    block.front.push({ from: account, to: this.contracts[token], data, gas: 65_000, kind: 'token approval' });
  }

  permit(account, token, spender) {
    this.permitNonces ??= new Map();
    const key = `${token}/${account.address}`;
    const nonce = this.permitNonces.get(key) ?? 0;
    this.permitNonces.set(key, nonce + 1);
    const domain = { name: this.tokenNames[token], chainId: CHAIN_ID, verifyingContract: this.contracts[token] };
    const names = { owner: 'address', spender: 'address', value: 'uint256', nonce: 'uint256', deadline: 'uint256' };
    const types = { Permit: Object.entries(names).map(([name, type]) => ({ name, type })) };
    const message = { owner: account.address, spender, value: MaxUint256, nonce, deadline: NEVER };
    // The contract's domain has no version field; ethers leaves out what is not given.
    const { v, r, s } = account.key.sign(TypedDataEncoder.hash(domain, types, message));
    const data = call('Token', 'permit', account.address, spender, MaxUint256, NEVER, v, r, s);
    const relayer = this.random.chance(0.5) ? account : this.random.pick(this.bots);
    return { from: relayer, to: this.contracts[token], data, gas: 120_000, kind: 'token permit' };
  }

  /** Learns from a block's logs. */
  observe(receipts) {
    const { GAME, Council, Drop, Gallery } = this.contracts;
    const handlers = [
      [GAME, 'Game', this.#onGame],
      [Council, 'Council', this.#onCouncil],
      [Drop, 'Collectible', this.#onCollectible],
      [Gallery, 'Collectible', this.#onCollectible],
    ];
    const byAddress = new Map(handlers.filter(([address]) => address).map((handler) => [handler[0].toLowerCase(), handler]));
    for (const log of receipts.flatMap((receipt) => receipt.logs).filter(({ topics }) => topics.length > 0)) {
      const [collection, contract, handler] = byAddress.get(log.address) ?? [null, 'BatchAccount', this.#onAccount];
      const event = artifact(contract).interface.parseLog(log);
      if (event) handler.call(this, event, collection ?? log.address);
    }
  }

  #onGame(event) {
    if (event.name !== 'Born') return;
    const owner = this.users.find((user) => user.address === event.args.owner);
    if (owner) this.creatures.push({ id: event.args.id, owner, busyUntil: 0 });
  }

  #onCouncil(event) {
    if (event.name === 'Proposed') this.proposals.push({ id: event.args.id, end: Number(event.args.end), voters: new Set(), done: false });
  }

  #onCollectible(event, collection) {
    if (event.name !== 'Transfer') return;
    const { from, to, id } = event.args;
    const owner = this.users.find((user) => user.address === to);
    const known = this.items.find((item) => item.collection === collection && item.id === id);
    if (known) known.owner = owner;
    else if (owner && from === '0x' + '0'.repeat(40)) this.items.push({ collection, id, owner, price: 0n });
  }

  #onAccount(event, address) {
    if (event.name === 'Executed') this.batchNonces.set(address, event.args.nonce + 1n);
  }
}
