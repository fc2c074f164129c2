// Compiles contracts/*.sol into artifacts/<evm version>/<Contract>.json; with --check compares instead of writing.
// An artifact holds ABI, creation bytecode and runtime bytecode; no paths, no metadata hash, so a rebuild is equal byte for byte.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import solc from 'solc';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const contracts = join(root, 'contracts');
const artifacts = join(root, 'artifacts');

/** Which contracts are built for which EVM: old ones run on from the fork they were deployed in, as on mainnet. */
const TARGETS = {
  paris: ['Token', 'WrappedEther', 'Pool', 'PoolFactory', 'Router', 'Collectible', 'Marketplace', 'GiftBox', 'GiftShop'],
  prague: [
    'Token', 'WrappedEther', 'Pool', 'PoolFactory', 'Router', 'PriceFeed', 'LendingMarket', 'Vault', 'Staking', 'Collectible',
    'Marketplace', 'Game', 'Council', 'SupplyChain', 'Airdrop', 'BatchAccount', 'BundleHub', 'BlobLedger', 'GiftBox',
    'GiftShop', 'Deposits',
  ],
  osaka: ['Passkey'],
};

/** Warnings that we mean to have: GiftBox uses SELFDESTRUCT on purpose. All others fail the build. */
const ACCEPTED = ['5159'];

function compile(evmVersion, wanted) {
  const sources = {};
  for (const file of readdirSync(contracts).filter((name) => name.endsWith('.sol')).sort()) {
    const content = readFileSync(join(contracts, file), 'utf8');
    const defined = [...content.matchAll(/^contract (\w+)/gm)].map((match) => match[1]);
    if (defined.length === 0 || defined.some((name) => wanted.includes(name))) sources[file] = { content };
  }
  const input = {
    language: 'Solidity',
    sources,
    settings: {
      evmVersion,
      optimizer: { enabled: true, runs: 200 },
      metadata: { appendCBOR: false, bytecodeHash: 'none' },
      outputSelection: { '*': { '*': ['abi', 'evm.bytecode.object', 'evm.deployedBytecode.object'] } },
    },
  };
  const find = (path) => ({ contents: readFileSync(join(contracts, path), 'utf8') });
  const output = JSON.parse(solc.compile(JSON.stringify(input), { import: find }));
  const problems = (output.errors ?? []).filter((problem) => !ACCEPTED.includes(problem.errorCode));
  for (const problem of problems) console.error(problem.formattedMessage);
  if (problems.length > 0) throw new Error(`${evmVersion}: ${problems.length} errors or warnings`);
  const built = new Map();
  for (const file of Object.values(output.contracts)) {
    for (const [name, contract] of Object.entries(file)) built.set(name, contract);
  }
  return wanted.map((name) => {
    const contract = built.get(name);
    if (!contract) throw new Error(`no contract ${name}`);
    const artifact = {
      contract: name,
      compiler: solc.version().replace(/\.Emscripten.*$/, ''),
      evmVersion,
      abi: contract.abi,
      bytecode: '0x' + contract.evm.bytecode.object,
      runtimeBytecode: '0x' + contract.evm.deployedBytecode.object,
    };
    return [join(evmVersion, `${name}.json`), JSON.stringify(artifact) + '\n'];
  });
}

const files = new Map(Object.entries(TARGETS).flatMap(([evmVersion, wanted]) => compile(evmVersion, wanted)));
const committed = readdirSync(artifacts, { recursive: true }).filter((name) => name.endsWith('.json'));

if (process.argv.includes('--check')) {
  const differing = [...files].filter(([name, text]) => !committed.includes(name) || readFileSync(join(artifacts, name), 'utf8') !== text);
  const superfluous = committed.filter((name) => !files.has(name));
  for (const [name] of differing) console.error(`differs from a rebuild: artifacts/${name}`);
  for (const name of superfluous) console.error(`has no source: artifacts/${name}`);
  if (differing.length + superfluous.length > 0) process.exit(1);
  console.log(`${files.size} artifacts equal a rebuild`);
} else {
  for (const name of committed) rmSync(join(artifacts, name));
  for (const [name, text] of files) {
    mkdirSync(dirname(join(artifacts, name)), { recursive: true });
    writeFileSync(join(artifacts, name), text);
  }
  console.log(`wrote ${files.size} artifacts`);
}
