import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { createClient } from 'redis';
import { findRedis } from '../../scripts/browsers.ts';

/** A Redis of the tests' own, on a free port, that keeps nothing on disk. */
export class RedisProcess {
  readonly port: number;
  #process: ChildProcess;

  private constructor(port: number, process: ChildProcess) {
    this.port = port;
    this.#process = process;
  }

  static async start(): Promise<RedisProcess> {
    const port = await freePort();
    const redis = new RedisProcess(port, launch(port));
    await redis.#isUp();
    return redis;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** A connected client. */
  async client() {
    const client = createClient({ url: this.url });
    client.on('error', () => {});
    await client.connect();
    return client;
  }

  async kill(): Promise<void> {
    const gone = new Promise((done) => this.#process.once('exit', done));
    this.#process.kill('SIGKILL');
    await gone;
  }

  async #isUp(): Promise<void> {
    for (let tries = 0; ; tries++) {
      try {
        const client = createClient({ url: this.url, socket: { reconnectStrategy: false } });
        client.on('error', () => {});
        await client.connect();
        await client.close();
        return;
      } catch (error) {
        if (tries > 100) throw error;
        await new Promise((done) => setTimeout(done, 50));
      }
    }
  }
}

function launch(port: number): ChildProcess {
  const executable = findRedis();
  if (!executable) throw new Error('redis-server is missing: `apt-get install redis-server` brings it.');
  const settings = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
  return spawn(executable, settings, { stdio: 'ignore' });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  return typeof address === 'object' && address ? address.port : 0;
}
