// Compiled contracts as the workloads use them.
import { readFileSync } from 'node:fs';
import { AbiCoder, Interface, concat, keccak256 } from 'ethers';

const cache = new Map();
const coder = AbiCoder.defaultAbiCoder();

export function artifact(name, evmVersion = 'prague') {
  const path = `../../artifacts/${evmVersion}/${name}.json`;
  if (!cache.has(path)) {
    const read = JSON.parse(readFileSync(new URL(path, import.meta.url), 'utf8'));
    cache.set(path, { ...read, interface: new Interface(read.abi) });
  }
  return cache.get(path);
}

export function creation(name, evmVersion, parameters) {
  const { bytecode, interface: abi } = artifact(name, evmVersion);
  return concat([bytecode, abi.encodeDeploy(parameters)]);
}

export function call(name, method, ...parameters) {
  return artifact(name, name === 'Passkey' ? 'osaka' : 'prague').interface.encodeFunctionData(method, parameters);
}

/** The storage slot of a mapping's entry. */
export function mappingSlot(key, base) {
  return keccak256(coder.encode([key.length === 42 ? 'address' : 'uint256', 'uint256'], [key, base]));
}

export const encode = (types, values) => coder.encode(types, values);
