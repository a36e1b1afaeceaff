import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';
import { fromRoot } from '../../../scripts/root.ts';

/** Bundles the site, so that it starts again in a moment. */
export async function bundleSite(): Promise<{ path: string; remove: () => Promise<void> }> {
  // Below the project, where its dependencies are found.
  const folder = await mkdtemp(fromRoot('.cache/chaos-'));
  const path = join(folder, 'site.mjs');
  await build({
    entryPoints: [fromRoot('bench/src/chaos/site.ts')],
    bundle: true,
    outfile: path,
    platform: 'node',
    format: 'esm',
    conditions: ['source'],
    external: ['redis', 'ws', 'parse5'],
    logLevel: 'error',
  });
  return { path, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** The site, on a port that stays the same when it is started again. */
export class SiteProcess {
  readonly #path: string;
  readonly #env: Readonly<Record<string, string>>;
  #child: ChildProcess | undefined;
  port = 0;

  constructor(path: string, env: Readonly<Record<string, string>>) {
    this.#path = path;
    this.#env = env;
  }

  async start(): Promise<this> {
    const env = { ...process.env, ...this.#env, PORT: String(this.port), DIST: fromRoot('packages/client/dist/') };
    const child = spawn(process.execPath, [this.#path], { env, stdio: ['pipe', 'pipe', 'inherit'] });
    this.#child = child;
    const gone = once(child, 'exit').then(([code]) => {
      throw new Error(`The site ended with ${code}.`);
    });
    gone.catch(() => {});
    const [line] = (await Promise.race([once(createInterface({ input: child.stdout }), 'line'), gone])) as [string];
    this.port = Number(line.split(' ')[1]);
    return this;
  }

  /** As a power cut would. */
  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (!child || child.exitCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }
}
