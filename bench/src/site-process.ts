import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';
import { fromRoot } from '../../scripts/root.ts';

/** Bundles a site, so that it starts again in a moment. @param entry  its module, as a path in the project */
export async function bundleSite(entry: string): Promise<{ path: string; remove: () => Promise<void> }> {
  // Below the project, where its dependencies are found.
  const folder = await mkdtemp(fromRoot('.cache/site-'));
  const path = join(folder, 'site.mjs');
  await build({
    entryPoints: [fromRoot(entry)],
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

/** A site, on a port that stays the same when it is started again. */
export class SiteProcess {
  readonly #path: string;
  readonly #env: Readonly<Record<string, string>>;
  readonly #flags: readonly string[];
  #child: ChildProcess | undefined;
  port = 0;

  /** @param flags  of Node */
  constructor(path: string, env: Readonly<Record<string, string>>, flags: readonly string[] = []) {
    this.#path = path;
    this.#env = env;
    this.#flags = flags;
  }

  async start(): Promise<this> {
    const env = { ...process.env, ...this.#env, PORT: String(this.port), DIST: fromRoot('packages/client/dist/') };
    const child = spawn(process.execPath, [...this.#flags, this.#path], { env, stdio: ['pipe', 'pipe', 'inherit'] });
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
