// Payments, tokens, creations and the odd things that every chain sees.
import { concat, hexlify, zeroPadValue, toBeHex } from 'ethers';
import { call, creation, mappingSlot } from './contracts.mjs';
import { BEACON_ROOTS, BLOCK_HASHES, CONSOLIDATION_REQUESTS, DEPOSIT_CONTRACT, WITHDRAWAL_REQUESTS } from './genesis.mjs';
import { Account } from './wallet.mjs';
import { ETHER } from './world.mjs';

const BALANCES_OF_TOKEN = 4;

export const basic = {
  payment(world, block) {
    const { random } = world;
    const from = world.sender();
    const to = world.receiver();
    const gas = to.delegated ? 45_000 : 21_000;
    block.main.push({ from, to: to.address, value: random.ether(0.0001, 2), gas, kind: 'payment' });
  },

  /** To an address that nobody used before; sometimes nothing is paid, so that it stays empty. */
  newAccount(world, block) {
    const { random } = world;
    const value = random.chance(0.1) ? 0n : random.ether(0.001, 0.5);
    block.main.push({ from: world.sender(), to: random.bytes(20), value, gas: 21_000, kind: 'payment to a new account' });
  },

  tokenPayment(world, block) {
    const { random } = world;
    const from = world.sender();
    const to = world.receiver();
    const token = world.tokenChoice.pick(random);
    const amount = random.ether(0.1, 50);
    // Now and then someone pays more than they have.
    if (random.chance(0.975)) world.hold(block, from, token, amount);
    const address = world.contracts[token];
    const storageKeys = [from, to].map((account) => mappingSlot(account.address, BALANCES_OF_TOKEN));
    const access = token !== 'WETH' && random.chance(0.3) ? [{ address, storageKeys }] : [];
    const overdrawn = random.chance(0.01) ? amount * 10n ** 9n : amount;
    block.main.push({ from, to: address, data: call('Token', 'transfer', to.address, overdrawn), gas: 85_000, access, kind: 'token payment' });
  },

  burn(world, block) {
    const from = world.sender();
    const token = world.tokens.find((name) => name !== 'WETH');
    world.hold(block, from, token, ETHER);
    block.main.push({ from, to: world.contracts[token], data: call('Token', 'burn', ETHER), gas: 60_000, kind: 'token burn' });
  },

  unwrap(world, block) {
    const from = world.sender();
    const amount = world.random.ether(0.01, 0.5);
    world.hold(block, from, 'WETH', amount);
    block.main.push({ from, to: world.contracts.WETH, data: call('WrappedEther', 'withdraw', amount), gas: 70_000, kind: 'unwrap ether' });
  },

  /** A user's own token, a creation that reverts, or a few bytes of code. */
  createContract(world, block) {
    const { random } = world;
    const from = world.sender();
    const draw = random.unit();
    if (draw < 0.45) {
      const letters = random.bytes(2).slice(2).toUpperCase();
      const evmVersion = block.at('cancun') ? 'prague' : 'paris';
      const data = creation('Token', evmVersion, [`Community ${letters}`, letters, ETHER * 1_000_000n]);
      block.main.push({ from, data, gas: 1_400_000, kind: 'create token' });
    } else if (draw < 0.6) {
      // PUSH1 0 PUSH1 0 REVERT
      block.main.push({ from, data: '0x60006000fd', gas: 80_000, kind: 'create reverts' });
    } else {
      // Stores a word, then deploys code that returns a word: SSTORE; PUSH32 w PUSH1 0 MSTORE PUSH1 32 PUSH1 0 RETURN.
      const runtime = concat(['0x7f', random.bytes(32), '0x60005260206000f3']);
      const size = toBeHex((runtime.length - 2) / 2);
      const init = concat(['0x7f', random.bytes(32), '0x600055', '0x60', size, '0x60', '0x30', '0x600039', '0x60', size, '0x6000f3', runtime]);
      block.main.push({ from, data: init, gas: 160_000, kind: 'create small' });
    }
  },

  /** Runs into its gas limit: a loop without end, as creation code. JUMPDEST PUSH1 0 JUMP. */
  endlessLoop(world, block) {
    block.main.push({ from: world.sender(), data: '0x5b600056', gas: world.random.between(60_000, 400_000), kind: 'endless loop' });
  },

  /** Data for whoever reads chains: to oneself, with bytes that no one runs. */
  inscription(world, block) {
    const from = world.sender();
    if (from.delegated) return;
    const data = world.random.bytes(world.random.between(40, 300));
    block.main.push({ from, to: from.address, data, gas: 40_000, kind: 'inscription' });
  },

  wrapGift(world, block) {
    const { random } = world;
    const from = world.sender();
    const to = world.receiver();
    const text = random.bytes(32);
    const value = random.ether(0.001, 0.1);
    const surprise = random.chance(0.3);
    const data = call('GiftShop', surprise ? 'surprise' : 'wrap', to.address, text);
    block.main.push({ from, to: world.contracts.GiftShop, data, value, gas: 420_000, kind: surprise ? 'gift surprise' : 'gift wrap' });
    if (!surprise) world.boxes.push({ giver: from, receiver: to });
  },

  /** Opens a box; half of the time the giver fills it again, in this block or a later one. */
  openGift(world, block) {
    const { random } = world;
    if (world.boxes.length === 0) return basic.wrapGift(world, block);
    const [box] = world.boxes.splice(random.between(0, world.boxes.length - 1), 1);
    const address = world.boxAddress(box);
    block.main.push({ from: box.receiver, to: address, data: call('GiftBox', 'open'), gas: 60_000, kind: 'gift open' });
    if (random.chance(0.5)) return;
    const data = call('GiftShop', 'wrap', box.receiver.address, random.bytes(32));
    block.main.push({ from: box.giver, to: world.contracts.GiftShop, data, value: 10n ** 15n, gas: 420_000, kind: 'gift wrap' });
    world.boxes.push(box);
  },

  validatorDeposit(world, block) {
    const { random } = world;
    const from = world.sender();
    const credentials = concat(['0x010000000000000000000000', from.address]);
    const value = random.chance(0.5) ? ETHER : 32n * ETHER;
    const data = call('Deposits', 'deposit', random.bytes(48), credentials, random.bytes(96));
    block.main.push({ from, to: DEPOSIT_CONTRACT, data, value, gas: 120_000, kind: 'validator deposit' });
  },

  withdrawalRequest(world, block) {
    const { random } = world;
    const amount = zeroPadValue(toBeHex(random.chance(0.3) ? 0 : random.between(1, 4_000_000_000)), 8);
    const data = concat([random.bytes(48), amount]);
    block.main.push({ from: world.sender(), to: WITHDRAWAL_REQUESTS, data, value: 1_000n, gas: 150_000, kind: 'withdrawal request' });
  },

  consolidationRequest(world, block) {
    const data = world.random.bytes(96);
    block.main.push({ from: world.sender(), to: CONSOLIDATION_REQUESTS, data, value: 1_000n, gas: 180_000, kind: 'consolidation request' });
  },

  /** Asks the system contracts for an earlier beacon root or block hash. */
  askSystem(world, block) {
    const root = !block.at('prague') || world.random.chance(0.5);
    const data = zeroPadValue(toBeHex(root ? block.parentTimestamp : block.number - world.random.between(1, 20)), 32);
    block.main.push({ from: world.sender(), to: root ? BEACON_ROOTS : BLOCK_HASHES, data, gas: 40_000, kind: 'ask a system contract' });
  },
};

/** A KZG commitment to a blob of one repeated value c is c times the generator, and its proofs are the point at infinity. */
export function constantBlob(random, generator) {
  const value = random.bytes(31);
  const word = '00' + value.slice(2);
  const commitment = '0x' + generator.multiply(BigInt(value)).toHex(true);
  const proof = '0xc0' + '00'.repeat(47);
  return { value: '0x' + word, data: '0x' + word.repeat(4096), commitment, proof };
}

/** An account outside the genesis, for those who are paid for by others. */
export const stranger = (world, name) => new Account(world.seed, hexlify(new TextEncoder().encode(name)));
