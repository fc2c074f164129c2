// Collectibles, games, votes, goods, batches, blobs, passkeys.
import { bls12_381 } from '@noble/curves/bls12-381.js';
import { p256 } from '@noble/curves/nist.js';
import { ZeroAddress, concat, encodeBytes32String, getBytes, getCreate2Address, keccak256, sha256, zeroPadValue } from 'ethers';
import { constantBlob } from './basic.mjs';
import { call, encode } from './contracts.mjs';
import { CHAIN_ID } from './genesis.mjs';
import { ETHER } from './world.mjs';

const ITEM_PRICE = 10n ** 16n;
const CALLS = 'tuple(address target, uint256 value, bytes data)[]';

export const social = {
  mintItem(world, block) {
    const { random } = world;
    const collection = block.at('cancun') && random.chance(0.6) ? 'Gallery' : 'Drop';
    const amount = random.chance(0.8) ? 1 : random.between(2, 5);
    // Some send the wrong price.
    const value = ITEM_PRICE * BigInt(amount) - (random.chance(0.03) ? 1n : 0n);
    push(world, block, world.sender(), collection, call('Collectible', 'mint', amount), 90_000 + 70_000 * amount, 'item mint', value);
  },

  giveItem(world, block) {
    const item = own(world, world.items);
    if (!item) return social.mintItem(world, block);
    const to = world.receiver();
    const data = call('Collectible', 'transferFrom', item.owner.address, to.address, item.id);
    block.main.push({ from: item.owner, to: item.collection, data, gas: 110_000, kind: 'item transfer' });
    item.price = 0n;
  },

  listItem(world, block) {
    const item = own(world, world.items);
    if (!item) return social.mintItem(world, block);
    if (!world.operators.has(`${item.collection}/${item.owner.address}`)) {
      world.operators.add(`${item.collection}/${item.owner.address}`);
      const data = call('Collectible', 'setApprovalForAll', world.contracts.Marketplace, true);
      block.front.push({ from: item.owner, to: item.collection, data, gas: 70_000, kind: 'item approval' });
    }
    item.price = world.random.ether(0.01, 1);
    const data = call('Marketplace', 'list', item.collection, item.id, item.price);
    push(world, block, item.owner, 'Marketplace', data, 100_000, 'item listing');
    world.listings.push(item);
  },

  /** Popular items find two buyers in a block; the second one fails. */
  buyItem(world, block) {
    if (world.listings.length === 0) return social.listItem(world, block);
    const [item] = world.listings.splice(world.random.between(0, world.listings.length - 1), 1);
    const data = call('Marketplace', 'buy', item.collection, item.id);
    push(world, block, world.sender(), 'Marketplace', data, 260_000, 'item sale', item.price);
    if (world.random.chance(0.08)) push(world, block, world.sender(), 'Marketplace', data, 260_000, 'item sale lost', item.price);
  },

  offerForItem(world, block) {
    const item = own(world, world.items);
    if (!item) return social.mintItem(world, block);
    item.offered = (item.offered ?? ITEM_PRICE) + ITEM_PRICE;
    const data = call('Marketplace', 'offer', item.collection, item.id);
    push(world, block, world.sender(), 'Marketplace', data, 110_000, 'item offer', item.offered);
    world.offered.push(item);
  },

  acceptOffer(world, block) {
    if (world.offered.length === 0) return social.offerForItem(world, block);
    const [item] = world.offered.splice(world.random.between(0, world.offered.length - 1), 1);
    if (!item.owner || !world.operators.has(`${item.collection}/${item.owner.address}`)) return;
    item.offered = undefined;
    push(world, block, item.owner, 'Marketplace', call('Marketplace', 'accept', item.collection, item.id), 260_000, 'item offer accepted');
  },

  hatch(world, block) {
    push(world, block, world.sender(), 'Game', call('Game', 'hatch'), 190_000, 'game hatch');
  },

  battle(world, block) {
    const { random } = world;
    const own = rested(world, block);
    if (!own) return social.hatch(world, block);
    // Everybody wants to beat the best known creatures.
    const famous = Math.min(world.creatures.length - 1, Math.floor(random.unit() ** 3 * world.creatures.length));
    own.busyUntil = block.number + 3;
    push(world, block, own.owner, 'Game', call('Game', 'battle', own.id, world.creatures[famous].id), 260_000, 'game battle');
  },

  breed(world, block) {
    const mother = rested(world, block);
    const father = mother && world.creatures.find((other) => other !== mother && other.owner === mother.owner && other.busyUntil < block.number);
    if (!father) return social.hatch(world, block);
    mother.busyUntil = father.busyUntil = block.number + 10;
    push(world, block, mother.owner, 'Game', call('Game', 'breed', mother.id, father.id), 260_000, 'game breed');
  },

  lockVotes(world, block) {
    const from = world.sender();
    const amount = world.random.ether(20, 400);
    world.hold(block, from, 'DUN', amount);
    world.approve(block, from, 'DUN', world.contracts.Council);
    push(world, block, from, 'Council', call('Council', 'lock', amount), 220_000, 'council lock');
    world.members.push({ account: from, since: block.number });
  },

  delegate(world, block) {
    const member = senior(world, block);
    if (!member) return social.lockVotes(world, block);
    const to = world.members[Math.floor(world.random.unit() ** 2 * world.members.length)].account;
    push(world, block, member.account, 'Council', call('Council', 'delegate', to.address), 200_000, 'council delegate');
  },

  propose(world, block) {
    const member = senior(world, block);
    if (!member) return social.lockVotes(world, block);
    const key = encodeBytes32String(world.random.pick(['fee', 'quorum', 'grant', 'period']));
    const action = call('Council', 'setParameter', key, world.random.between(1, 10_000));
    push(world, block, member.account, 'Council', call('Council', 'propose', world.contracts.Council, action), 320_000, 'council propose');
  },

  vote(world, block) {
    const proposal = world.proposals.filter((open) => open.end > block.number).at(-1);
    if (!proposal) return social.propose(world, block);
    const member = senior(world, block);
    if (!member || proposal.voters.has(member.account)) return;
    proposal.voters.add(member.account);
    push(world, block, member.account, 'Council', call('Council', 'vote', proposal.id, world.random.chance(0.7)), 150_000, 'council vote');
  },

  executeProposal(world, block) {
    const proposal = world.proposals.find((over) => over.end < block.number && !over.done);
    if (!proposal) return social.vote(world, block);
    proposal.done = true;
    push(world, block, world.sender(), 'Council', call('Council', 'execute', proposal.id), 160_000, 'council execute');
  },

  registerGoods(world, block) {
    const { random } = world;
    const good = { item: random.bytes(32), holder: world.sender(), receiver: null };
    const text = `${random.pick(['pallet', 'crate', 'drum', 'vial', 'bale'])} of ${random.pick(['coffee', 'steel', 'vaccine', 'cotton', 'lithium'])}`;
    push(world, block, good.holder, 'SupplyChain', call('SupplyChain', 'register', good.item, text), 160_000, 'goods register');
    world.goods.push(good);
  },

  /** Offered in one transaction, accepted in a later one. */
  handOver(world, block) {
    if (world.goods.length < 5) return social.registerGoods(world, block);
    const good = world.random.pick(world.goods);
    if (good.receiver) {
      push(world, block, good.receiver, 'SupplyChain', call('SupplyChain', 'accept', good.item), 260_000, 'goods accept');
      good.holder = good.receiver;
      good.receiver = null;
    } else {
      good.receiver = world.sender();
      const data = call('SupplyChain', 'offer', good.item, good.receiver.address);
      push(world, block, good.holder, 'SupplyChain', data, 90_000, 'goods offer');
    }
  },

  inspectGoods(world, block) {
    if (world.goods.length === 0) return social.registerGoods(world, block);
    const good = world.random.pick(world.goods);
    const data = call('SupplyChain', 'inspect', good.item, world.random.bytes(32));
    push(world, block, good.holder, 'SupplyChain', data, 70_000, 'goods inspect');
  },

  packGoods(world, block) {
    const first = world.goods.find((good) => !good.receiver);
    if (!first) return social.registerGoods(world, block);
    const inside = world.goods.filter((good) => good.holder === first.holder && !good.receiver && !good.packed).slice(0, 8);
    for (const good of inside) good.packed = true;
    const container = { item: world.random.bytes(32), holder: first.holder, receiver: null, packed: true };
    const data = call('SupplyChain', 'pack', container.item, inside.map((good) => good.item));
    push(world, block, first.holder, 'SupplyChain', data, 400_000, 'goods pack');
    world.goods = world.goods.filter((good) => !inside.includes(good));
    world.goods.push(container);
  },

  /** EIP-7702: a user delegates (or ends it); now and then a relayer pays for it, or the authorization is stale. */
  setCode(world, block) {
    const { random } = world;
    const authority = world.sender();
    if (block.used.has(authority)) return;
    block.used.add(authority);
    const ending = authority.delegated && random.chance(0.5);
    const spoiled = random.chance(0.08);
    const delegate = ending ? ZeroAddress : world.contracts.BatchAccount;
    const from = random.chance(0.3) ? random.pick(world.bots) : authority;
    if (!spoiled) authority.delegated = !ending;
    const authorizations = [{ authority, delegate, anyChain: random.chance(0.2), spoiled }];
    if (random.chance(0.15)) authorizations.push({ authority: random.pick(world.users.slice(-40)), delegate, anyChain: true, spoiled: true });
    block.main.push({ from, to: world.receiver().address, value: 1n, authorizations, gas: 160_000, kind: 'set code' });
  },

  /** A delegated account runs a batch: by itself, or signed and sent by a relayer. */
  batch(world, block) {
    const { random } = world;
    const account = world.users.filter((user) => user.delegated && !block.used.has(user)).at(random.between(0, 30) * -1);
    if (!account) return social.setCode(world, block);
    block.used.add(account);
    const calls = Array.from({ length: random.between(2, 4) }, () => payment(world, block, account));
    const relayed = random.chance(0.4);
    const data = relayed ? signed(world, account, account.address, calls) : call('BatchAccount', 'execute', calls);
    block.main.push({ from: relayed ? random.pick(world.bots) : account, to: account.address, data, gas: 400_000, kind: relayed ? 'relayed batch' : 'batch' });
  },

  createSmartAccount(world, block) {
    const owner = world.sender();
    if (world.smartAccounts.some((account) => account.owner === owner)) return;
    push(world, block, owner, 'BundleHub', call('BundleHub', 'create', owner.address), 220_000, 'smart account create');
    const address = world.cloneAddress(owner);
    push(world, block, owner, 'BundleHub', call('BundleHub', 'depositFor', address), 60_000, 'smart account deposit', ETHER / 2n);
    world.smartAccounts.push({ owner, address, since: block.number });
  },

  bundle(world, block) {
    const { random } = world;
    const ready = world.smartAccounts.filter((account) => account.since < block.number && !block.used.has(account));
    if (ready.length < 3) return social.createSmartAccount(world, block);
    const chosen = ready.slice(0, random.between(2, 5));
    const operations = chosen.map((account) => {
      block.used.add(account);
      const calls = [payment(world, block, account)];
      const spoiled = random.chance(0.05);
      return [account.address, calls, rawSignature(world, spoiled ? world.sender() : account.owner, account.address, calls), 10n ** 14n];
    });
    world.smartAccounts.push(...world.smartAccounts.splice(0, chosen.length));
    push(world, block, random.pick(world.bots), 'BundleHub', call('BundleHub', 'handle', operations), 200_000 + 160_000 * chosen.length, 'bundle');
  },

  postBlobs(world, block) {
    const { random } = world;
    const at = random.between(0, 1);
    const from = world.sequencers[at];
    const count = random.between(1, 3);
    if (block.blobs + count > 6) return;
    block.blobs += count;
    const blobs = Array.from({ length: count }, () => constantBlob(random, bls12_381.G1.Point.BASE));
    const root = random.bytes(32);
    const data = call('BlobLedger', 'post', world.rollupRoots[at], root);
    world.rollupRoots[at] = root;
    block.main.push({
      from, to: world.contracts.BlobLedger, data, gas: 220_000, kind: 'rollup batch',
      blobs: blobs.map(({ data: bytes, commitment, proof }) => ({ data: bytes, commitment, proof })),
    });
    for (const { value, commitment, proof } of blobs) {
      world.blobs.push({ hash: '0x01' + sha256(commitment).slice(4), value, proof: concat([commitment, proof]) });
    }
  },

  proveBlob(world, block) {
    if (world.blobs.length === 0) return;
    const blob = world.random.pick(world.blobs);
    const point = zeroPadValue(world.random.bytes(31), 32);
    const wrong = world.random.chance(0.05) ? zeroPadValue('0x01', 32) : blob.value;
    push(world, block, world.sender(), 'BlobLedger', call('BlobLedger', 'prove', blob.hash, point, wrong, blob.proof), 180_000, 'blob proof');
  },

  passkey(world, block) {
    const { random } = world;
    const owner = world.sender();
    const secret = getBytes(keccak256(concat(['0x70', owner.address])));
    const uncompressed = p256.getPublicKey(secret, false);
    const [x, y] = [uncompressed.slice(1, 33), uncompressed.slice(33, 65)];
    const key = keccak256(concat([x, y]));
    const counter = world.passkeyCounters.get(key) ?? 0;
    world.passkeyCounters.set(key, counter + 1);
    const amount = BigInt(random.between(0, 2 ** 30)) >> BigInt(random.between(0, 30));
    const digest = sha256(encode(['uint256', 'address', 'uint256', 'uint256'], [CHAIN_ID, world.contracts.Passkey, counter, amount]));
    const signature = p256.sign(getBytes(digest), secret, { prehash: false });
    const data = call('Passkey', 'submit', x, y, amount, signature.slice(0, 32), signature.slice(32, 64));
    push(world, block, owner, 'Passkey', data, 160_000, 'passkey message');
  },
};

/** Where GiftShop puts a box, and BundleHub a smart account. */
export function boxAddress(shop, initCode) {
  return getCreate2Address(shop, '0x' + '0'.repeat(64), keccak256(initCode));
}

function payment(world, block, account) {
  const token = world.tokens[world.random.between(0, 2)];
  const amount = world.random.ether(0.1, 5);
  if (token === 'WETH') return [world.receiver().address, 0n, '0x'];
  world.hold(block, account, token, amount);
  return [world.contracts[token], 0n, call('Token', 'transfer', world.receiver().address, amount)];
}

function rawSignature(world, signer, address, calls) {
  const nonce = world.batchNonces.get(address.toLowerCase()) ?? 0n;
  const digest = keccak256(encode(['uint256', 'address', 'uint256', CALLS], [CHAIN_ID, address, nonce, calls]));
  const { r, s, v } = signer.key.sign(digest);
  return concat([r, s, new Uint8Array([v])]);
}

function signed(world, signer, address, calls) {
  return call('BatchAccount', 'executeSigned', calls, rawSignature(world, signer, address, calls));
}

function own(world, items) {
  const owned = items.filter((item) => item.owner);
  return owned.length === 0 ? null : world.random.pick(owned);
}

function rested(world, block) {
  const ready = world.creatures.filter((creature) => creature.busyUntil < block.number);
  return ready.length === 0 ? null : world.random.pick(ready);
}

function senior(world, block) {
  const members = world.members.filter((member) => member.since + 4 < block.number);
  return members.length === 0 ? null : world.random.pick(members);
}

function push(world, block, from, contract, data, gas, kind, value = 0n) {
  block.main.push({ from, to: world.contracts[contract], data, gas, kind, value });
}
