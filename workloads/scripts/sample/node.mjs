// A geth process of our own: initialised from a genesis, listening on loopback only, stopped when done.
import { spawn, spawnSync } from 'node:child_process';
import { createWriteStream, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const START_SECONDS = 30;
const STOP_SECONDS = 60;

export class Node {
  #geth;
  #directory;
  #process;
  #url;
  #requests = 0;

  constructor(geth, directory) {
    this.#geth = geth;
    this.#directory = directory;
  }

  /** Runs a geth subcommand on the data directory and returns its standard output. */
  command(...parameters) {
    const options = { encoding: 'utf8', maxBuffer: 1 << 30 };
    const done = spawnSync(this.#geth, ['--datadir', join(this.#directory, 'data'), '--verbosity', '2', ...parameters], options);
    if (done.status !== 0) throw new Error(`geth ${parameters.join(' ')}: ${done.error ?? done.stderr}`);
    return done.stdout;
  }

  async start(port, gasLimit) {
    const config = join(this.#directory, 'geth.toml');
    writeFileSync(config, '[Node.P2P]\nListenAddr = ""\nNoDiscovery = true\nMaxPeers = 0\n');
    this.#url = `http://127.0.0.1:${port}`;
    const parameters = [
      '--config', config, '--datadir', join(this.#directory, 'data'), '--nodiscover', '--maxpeers', '0', '--nat', 'none', '--ipcdisable',
      '--http', '--http.addr', '127.0.0.1', '--http.port', `${port}`, '--http.api', 'eth,testing', '--authrpc.addr', '127.0.0.1',
      '--authrpc.port', `${port + 1}`, '--syncmode', 'full', '--gcmode', 'archive', '--cache', '512', '--cache.preimages',
      '--miner.gaslimit', `${gasLimit}`, '--verbosity', '2',
    ];
    this.#process = spawn(this.#geth, parameters, { stdio: ['ignore', 'ignore', 'pipe'] });
    this.#process.stderr.pipe(createWriteStream(join(this.#directory, 'geth.log')));
    for (let attempt = 0; attempt < START_SECONDS * 4; attempt++) {
      await new Promise((resolve) => setTimeout(resolve, 250));
      if (this.#process.exitCode !== null) throw new Error(`geth ended with ${this.#process.exitCode}; see geth.log`);
      const answer = await this.call('eth_chainId').catch(() => null);
      if (answer !== null) return;
    }
    throw new Error('geth did not answer in time');
  }

  async call(method, ...params) {
    const body = JSON.stringify({ jsonrpc: '2.0', id: ++this.#requests, method, params });
    const response = await fetch(this.#url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    const answer = await response.json();
    if (answer.error) throw new Error(`${method}: ${answer.error.message}`);
    return answer.result;
  }

  async stop() {
    if (!this.#process || this.#process.exitCode !== null) return;
    const ended = new Promise((resolve) => this.#process.once('exit', resolve));
    this.#process.kill('SIGINT');
    const timer = setTimeout(() => this.#process.kill('SIGKILL'), STOP_SECONDS * 1000);
    await ended;
    clearTimeout(timer);
  }
}
