// Accounts, and signing of requests as transactions of the type that their sender's wallet uses.
import { Signature, SigningKey, Transaction, computeAddress, getBytes, hashAuthorization, keccak256, toUtf8Bytes } from 'ethers';
import { CHAIN_ID } from './genesis.mjs';

const GWEI = 10n ** 9n;
const HABITS = { dynamic: 0.72, legacy: 0.17, accessList: 0.06, unprotected: 0.05 };

export class Account {
  nonce = 0;
  /** Set while an EIP-7702 delegation is in force. */
  delegated = false;

  constructor(seed, name) {
    this.key = new SigningKey(keccak256(toUtf8Bytes(`${seed}/${name}`)));
    this.address = computeAddress(this.key.publicKey);
    const draw = parseInt(keccak256(this.address).slice(2, 10), 16) / 0x1_0000_0000;
    let sum = 0;
    this.habit = Object.keys(HABITS).find((habit) => draw < (sum += HABITS[habit])) ?? 'dynamic';
  }
}

/** Gas that a transaction costs before it runs: EIP-2, 2028, 2930, 3860, 7702. */
export function intrinsicGas(request) {
  const data = getBytes(request.data ?? '0x');
  let gas = 21_000;
  for (const byte of data) gas += byte === 0 ? 4 : 16;
  if (!request.to) gas += 32_000 + 2 * Math.ceil(data.length / 32);
  for (const entry of request.access ?? []) gas += 2_400 + 1_900 * entry.storageKeys.length;
  return gas + 25_000 * (request.authorizations?.length ?? 0);
}

/** The least gas limit that Prague accepts: EIP-7623. */
export function floorGas(request) {
  let gas = 21_000;
  for (const byte of getBytes(request.data ?? '0x')) gas += byte === 0 ? 10 : 40;
  return gas;
}

/** Signs and takes the nonce. The order of calls is the order in the block. */
export function sign(request, baseFee, random) {
  const sender = request.from;
  const fields = {
    chainId: CHAIN_ID,
    nonce: sender.nonce++,
    to: request.to ?? null,
    value: request.value ?? 0n,
    data: request.data ?? '0x',
    gasLimit: BigInt(request.gas),
  };
  const tip = (BigInt(random.between(1, 300)) * GWEI) / 100n;
  const dynamic = { maxPriorityFeePerGas: tip, maxFeePerGas: baseFee * BigInt(random.between(2, 4)) + tip };
  let typed;
  if (request.blobs) {
    typed = { ...fields, ...dynamic, type: 3, maxFeePerBlobGas: 10n * GWEI, blobs: request.blobs };
  } else if (request.authorizations) {
    typed = { ...fields, ...dynamic, type: 4, authorizationList: request.authorizations.map(authorize) };
  } else if (sender.habit === 'dynamic') {
    typed = { ...fields, ...dynamic, type: 2, accessList: request.access ?? [] };
  } else if (sender.habit === 'accessList') {
    typed = { ...fields, type: 1, gasPrice: baseFee + tip, accessList: request.access ?? [] };
  } else {
    typed = { ...fields, type: 0, gasPrice: baseFee + tip, chainId: sender.habit === 'unprotected' ? 0 : CHAIN_ID };
  }
  const transaction = Transaction.from(typed);
  transaction.signature = sender.key.sign(transaction.unsignedHash);
  return { raw: transaction.serialized, hash: transaction.hash, type: transaction.type };
}

/** A valid authorization takes the authority's nonce, like a transaction. */
function authorize({ authority, delegate, anyChain, spoiled }) {
  const nonce = spoiled ? authority.nonce + 7 : authority.nonce++;
  const authorization = { address: delegate, nonce: BigInt(nonce), chainId: anyChain ? 0n : BigInt(CHAIN_ID) };
  return { ...authorization, signature: Signature.from(authority.key.sign(hashAuthorization(authorization))) };
}
