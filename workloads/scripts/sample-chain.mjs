// Makes a sample chain with a real geth node: our transactions, geth's blocks, roots and receipts.
//   node scripts/sample-chain.mjs --out build/sample [--geth geth] [--blocks 400] [--demand 32] [--users 1200]
//                                 [--seed 1] [--gas-limit 10000000] [--port 18545] [--dump] [--no-verify]
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { keccak256, toUtf8Bytes } from 'ethers';
import { FORKS, SECONDS_PER_SLOT, START, forkAt, forkTimes, genesis } from './sample/genesis.mjs';
import { Node } from './sample/node.mjs';
import { Random } from './sample/random.mjs';
import { Schedule, depositCode } from './sample/schedule.mjs';
import { floorGas, intrinsicGas, sign } from './sample/wallet.mjs';
import { ETHER, World } from './sample/world.mjs';

const { values: options } = parseArgs({
  options: {
    out: { type: 'string' },
    geth: { type: 'string', default: 'geth' },
    blocks: { type: 'string', default: '400' },
    demand: { type: 'string', default: '32' },
    users: { type: 'string', default: '1200' },
    seed: { type: 'string', default: '1' },
    'gas-limit': { type: 'string', default: '10000000' },
    port: { type: 'string', default: '18545' },
    dump: { type: 'boolean', default: false },
    'no-verify': { type: 'boolean', default: false },
  },
});
if (!options.out) throw new Error('--out is missing');

const blocks = Number(options.blocks);
const gasLimit = Number(options['gas-limit']);
const initialGasLimit = Math.round(gasLimit * 1.1);
const seed = `rekindle sample ${options.seed}`;
const out = resolve(options.out);
const times = forkTimes(blocks);
const random = new Random(seed);
const world = new World(seed, random, Number(options.users));
const schedule = new Schedule(world);
const statistics = { transactions: 0, gas: 0, types: {}, kinds: {}, forks: {} };
/** What did not fit into earlier blocks. */
let waiting = [];
/** The most gas that each kind of transaction has used. */
const usual = new Map();

async function main() {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const genesisFile = join(out, 'genesis.json');
  const description = genesis(blocks, world.funded, 10_000n * ETHER, initialGasLimit, depositCode());
  writeFileSync(genesisFile, JSON.stringify(description, null, 1) + '\n');

  const node = new Node(options.geth, out);
  node.command('init', genesisFile);
  await node.start(Number(options.port), gasLimit);
  let head;
  try {
    head = await grow(node);
  } finally {
    await node.stop();
  }
  exportChain(node, head);
  if (!options['no-verify']) verify();
  console.log(JSON.stringify({ head, ...statistics }, null, 1));
}

/** Appends all blocks; returns the head's header. */
async function grow(node) {
  let parent = await node.call('eth_getBlockByNumber', 'latest', false);
  const slots = { at: 0, withdrawal: 0 };
  for (let number = 1; number <= blocks; number++) {
    slots.at += random.chance(0.015) ? 2 : 1;
    const timestamp = START + slots.at * SECONDS_PER_SLOT;
    const fork = forkAt(times, timestamp);
    statistics.forks[fork] ??= number;
    const at = (name) => FORKS.indexOf(name) <= FORKS.indexOf(fork);
    const block = { number, timestamp, parentTimestamp: Number(parent.timestamp), at, front: [], main: [], used: new Set(), blobs: 0 };
    const wanted = demand(Number(parent.baseFeePerGas));
    schedule.plan(block, wanted);
    block.empty = wanted === 0;
    if (number === Math.round(blocks * 0.5) || number === Math.round(blocks * 0.8)) schedule.crash(block);
    const builder = world.builderChoice.pick(random);
    if (random.chance(0.6)) {
      const proposer = world.receiver();
      block.main.push({ from: builder, to: proposer.address, value: random.ether(0.005, 0.2), gas: 45_000, kind: 'payment to the proposer' });
    }
    const attributes = payloadAttributes(number, timestamp, builder, at, slots);
    parent = await seal(node, parent, block, attributes);
    if (number % 50 === 0) console.error(`block ${number}: ${statistics.transactions} transactions, base fee ${Number(parent.baseFeePerGas)}`);
  }
  return parent;
}

/** Fewer want to transact when gas is dear. Some blocks are empty. */
function demand(baseFee) {
  if (random.chance(0.01)) return 0;
  const eagerness = Math.min(3, Math.max(0.4, (1e9 / baseFee) ** 0.25));
  return Math.round(Number(options.demand) * eagerness * (0.5 + random.unit()));
}

function payloadAttributes(number, timestamp, builder, at, slots) {
  const withdrawals = () =>
    Array.from({ length: random.between(0, 16) }, () => {
      const address = random.chance(0.05) ? random.bytes(20) : world.receiver().address;
      const amount = random.chance(0.03) ? 0 : random.between(1_000, 60_000_000);
      const index = slots.withdrawal++;
      return { index: hex(index), validatorIndex: hex((index * 7) % 5_000), address, amount: hex(amount) };
    });
  return {
    timestamp: hex(timestamp),
    prevRandao: keccak256(toUtf8Bytes(`${seed} randao ${number}`)),
    suggestedFeeRecipient: builder.address,
    withdrawals: at('shanghai') ? withdrawals() : null,
    parentBeaconBlockRoot: at('cancun') ? keccak256(toUtf8Bytes(`${seed} beacon ${number}`)) : null,
  };
}

/** Signs what fits into the block, has geth build and commit it, and learns from the receipts. */
async function seal(node, parent, block, attributes) {
  const ready = [...block.front, ...waiting, ...block.main.map(spoil)];
  let requests = block.empty ? block.front : fitting(ready, Number(parent.gasLimit));
  for (let attempt = 0; attempt < 4; attempt++) {
    const nonces = new Map(world.funded.map((account) => [account, account.nonce]));
    const baseFee = nextBaseFee(parent);
    const signed = requests.map((request) => sign(request, baseFee, random));
    try {
      await node.call('testing_commitBlockV1', attributes, signed.map(({ raw }) => raw), `0x${Buffer.from('rekindle').toString('hex')}`);
    } catch (problem) {
      if (!/gas limit reached/.test(problem.message)) throw problem;
      for (const [account, nonce] of nonces) account.nonce = nonce;
      requests = requests.slice(0, Math.floor(requests.length * 0.85));
      continue;
    }
    const included = new Set(requests);
    waiting = ready.filter((request) => !included.has(request));
    const receipts = await node.call('eth_getBlockReceipts', hex(block.number));
    count(requests, signed, receipts);
    world.observe(receipts);
    return node.call('eth_getBlockByNumber', hex(block.number), false);
  }
  throw new Error(`block ${block.number} does not fit`);
}

/** Takes requests as long as their gas limit surely fits behind what is expected to be used before. */
function fitting(requests, limit) {
  let expected = 0;
  let blobs = 0;
  return requests.filter((request) => {
    blobs += request.blobs?.length ?? 0;
    if (expected + request.gas > limit * 0.97 || (request.blobs && blobs > 6)) {
      if (request.from === world.deployer) throw new Error(`no room for: ${request.kind}`);
      return false;
    }
    expected += Math.min(request.gas, usual.get(request.kind) ?? request.gas);
    return true;
  });
}

/** A few senders give too little gas. */
function spoil(request) {
  if (!request.data || request.blobs || request.authorizations || !random.chance(0.008)) return request;
  const gas = Math.max(intrinsicGas(request), floorGas(request)) + random.between(500, 15_000);
  return { ...request, gas, kind: `${request.kind}, too little gas` };
}

/** EIP-1559. */
function nextBaseFee(parent) {
  const [baseFee, used, limit] = [parent.baseFeePerGas, parent.gasUsed, parent.gasLimit].map(BigInt);
  const target = limit / 2n;
  if (used === target) return baseFee;
  if (used < target) return baseFee - (baseFee * (target - used)) / target / 8n;
  const rise = (baseFee * (used - target)) / target / 8n;
  return baseFee + (rise > 0n ? rise : 1n);
}

function count(requests, signed, receipts) {
  for (const [i, receipt] of receipts.entries()) {
    const { kind } = requests[i];
    const gas = Number(receipt.gasUsed);
    usual.set(kind, Math.max(usual.get(kind) ?? 0, gas));
    statistics.transactions++;
    statistics.gas += gas;
    statistics.types[signed[i].type] = (statistics.types[signed[i].type] ?? 0) + 1;
    const entry = (statistics.kinds[kind] ??= { succeeded: 0, failed: 0, mostGas: 0 });
    entry[receipt.status === '0x1' ? 'succeeded' : 'failed']++;
    entry.mostGas = Math.max(entry.mostGas, gas);
  }
}

function exportChain(node, head) {
  const chain = join(out, 'chain.rlp');
  node.command('export', chain);
  writeFileSync(`${chain}.gz`, gzipSync(readFileSync(chain), { level: 9 }));
  const era = join(out, 'era');
  node.command('export-history', '--era.format', 'ere', era, '0', `${Number(head.number)}`);
  // geth names files by networks that it knows; ours is unknown to it.
  for (const name of readdirSync(era)) renameSync(join(era, name), join(era, name.replace(/^unknown-/, 'rekindle-')));
  if (options.dump) {
    writeFileSync(join(out, 'state.json'), node.command('dump', `${Number(head.number)}`));
  }
  const { hash, stateRoot } = head;
  const summary = { number: Number(head.number), hash, stateRoot, transactions: statistics.transactions, gas: statistics.gas };
  writeFileSync(join(out, 'head.json'), JSON.stringify(summary, null, 1) + '\n');
  writeFileSync(join(out, 'statistics.json'), JSON.stringify(statistics, null, 1) + '\n');
  console.error(`exported ${readdirSync(era).join(', ')}`);
}

/** Imports the exported chain into an empty node, which executes it all again. */
function verify() {
  const fresh = join(out, 'verify');
  mkdirSync(fresh);
  const node = new Node(options.geth, fresh);
  node.command('init', join(out, 'genesis.json'));
  node.command('--syncmode', 'full', '--gcmode', 'archive', 'import', join(out, 'chain.rlp'));
  const again = join(fresh, 'chain.rlp');
  node.command('export', again);
  if (!readFileSync(again).equals(readFileSync(join(out, 'chain.rlp')))) throw new Error('the imported chain differs');
  rmSync(fresh, { recursive: true });
  console.error('an empty node imported the chain and holds the same');
}

function hex(number) {
  return '0x' + number.toString(16);
}

await main();
