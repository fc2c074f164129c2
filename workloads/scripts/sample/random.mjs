// Seeded randomness: the same seed gives the same chain. Never Math.random, never the clock.
import { keccak256, toUtf8Bytes } from 'ethers';

/** xoshiro128** over 32-bit words. */
export class Random {
  #state;

  constructor(seed) {
    const digest = keccak256(toUtf8Bytes(seed));
    this.#state = [0, 1, 2, 3].map((i) => parseInt(digest.slice(2 + i * 8, 10 + i * 8), 16));
  }

  word() {
    const s = this.#state;
    const product = Math.imul(s[1], 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
    const t = s[1] << 9;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = (s[3] << 11) | (s[3] >>> 21);
    return result;
  }

  /** In [0, 1). */
  unit() {
    return this.word() / 0x1_0000_0000;
  }

  /** In [from, to], both whole. */
  between(from, to) {
    return from + Math.floor(this.unit() * (to - from + 1));
  }

  chance(probability) {
    return this.unit() < probability;
  }

  pick(list) {
    return list[this.between(0, list.length - 1)];
  }

  /** `bytes` random bytes as a 0x string. */
  bytes(count) {
    let text = '0x';
    for (let i = 0; i < count; i++) text += (this.word() >>> 24).toString(16).padStart(2, '0');
    return text;
  }

  /** Wei between two amounts of ether, with few significant digits, as people choose them. */
  ether(from, to) {
    return BigInt(Math.round((from + this.unit() * (to - from)) * 1e4)) * 10n ** 14n;
  }
}

/** Picks from a list by a power law: the item of rank r has weight 1 / (r + 1)^exponent. */
export class Popular {
  #items;
  #sums = [];

  constructor(items, exponent) {
    this.#items = items;
    let sum = 0;
    for (let rank = 0; rank < items.length; rank++) this.#sums.push((sum += (rank + 1) ** -exponent));
  }

  pick(random) {
    const at = random.unit() * this.#sums.at(-1);
    let low = 0;
    let high = this.#sums.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#sums[middle] <= at) low = middle + 1;
      else high = middle;
    }
    return this.#items[low];
  }
}

/** Picks a name from { name: weight }. */
export function weighted(random, weights) {
  const entries = Object.entries(weights);
  let at = random.unit() * entries.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [name, weight] of entries) if ((at -= weight) < 0) return name;
  return entries.at(-1)[0];
}
