// The genesis of a sample chain: post-merge from block 0, with the later mainnet forks inside the chain by timestamp.
import { readFileSync } from 'node:fs';

export const CHAIN_ID = 73546353;
export const START = 1_761_609_600;
export const SECONDS_PER_SLOT = 12;
export const FORKS = ['paris', 'shanghai', 'cancun', 'prague', 'osaka', 'bpo1', 'bpo2'];
export const DEPOSIT_CONTRACT = '0x4242424242424242424242424242424242424242';
export const WITHDRAWAL_REQUESTS = '0x00000961Ef480Eb55e80D19ad83579A64c007002';
export const CONSOLIDATION_REQUESTS = '0x0000BBdDc7CE488642fb579F8B00f3a590007251';
export const BEACON_ROOTS = '0x000F3df6D732807Ef1319fB7B8bB8522d0Beac02';
export const BLOCK_HASHES = '0x0000F90827F1C53a10cb7A02335B175320002935';

/** The share of the chain's slots after which each fork is active. */
const SHARES = { shanghai: 0.08, cancun: 0.2, prague: 0.42, osaka: 0.65, bpo1: 0.85, bpo2: 0.93 };

const systemContracts = JSON.parse(readFileSync(new URL('./system-contracts.json', import.meta.url), 'utf8'));

export function forkTimes(blocks) {
  return Object.fromEntries(Object.entries(SHARES).map(([fork, share]) => [fork, START + Math.ceil(blocks * share) * SECONDS_PER_SLOT]));
}

export function forkAt(times, timestamp) {
  return FORKS.filter((fork) => fork === 'paris' || times[fork] <= timestamp).at(-1);
}

export function genesis(blocks, accounts, balance, gasLimit, depositCode) {
  const times = forkTimes(blocks);
  const zeroBlocks = [
    'homesteadBlock', 'eip150Block', 'eip155Block', 'eip158Block', 'byzantiumBlock', 'constantinopleBlock', 'petersburgBlock',
    'istanbulBlock', 'berlinBlock', 'londonBlock', 'mergeNetsplitBlock',
  ];
  const alloc = { [DEPOSIT_CONTRACT]: { nonce: '0x1', balance: '0x0', code: depositCode }, ...systemContracts };
  for (const account of accounts) alloc[account.address.toLowerCase()] = { balance: '0x' + balance.toString(16) };
  return {
    config: {
      chainId: CHAIN_ID,
      ...Object.fromEntries(zeroBlocks.map((name) => [name, 0])),
      terminalTotalDifficulty: 0,
      ...Object.fromEntries(Object.entries(times).map(([fork, time]) => [`${fork}Time`, time])),
      depositContractAddress: DEPOSIT_CONTRACT,
      blobSchedule: {
        cancun: { target: 3, max: 6, baseFeeUpdateFraction: 3338477 },
        prague: { target: 6, max: 9, baseFeeUpdateFraction: 5007716 },
        osaka: { target: 6, max: 9, baseFeeUpdateFraction: 5007716 },
        bpo1: { target: 10, max: 15, baseFeeUpdateFraction: 8346193 },
        bpo2: { target: 14, max: 21, baseFeeUpdateFraction: 11684671 },
      },
    },
    nonce: '0x0',
    timestamp: '0x' + START.toString(16),
    extraData: '0x' + Buffer.from('Rekindle sample').toString('hex'),
    gasLimit: '0x' + gasLimit.toString(16),
    difficulty: '0x0',
    mixHash: '0x' + '0'.repeat(64),
    coinbase: '0x' + '0'.repeat(40),
    baseFeePerGas: '0x3b9aca00',
    alloc,
  };
}
