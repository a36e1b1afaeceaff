import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Note } from './server.ts';

export type Flavour = 'development' | 'production';

/** One entry of the server's log. */
export type LogEntry = { level: string; message: string; id?: string; error?: string };

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const START_MS = 60_000;

/** A gallery in a process of its own, on a port that stays the same when it is started again. */
export class GalleryProcess {
  readonly flavour: Flavour;
  /** Names of the views that were mounted, in order. */
  readonly mounts: string[] = [];
  readonly log: LogEntry[] = [];
  origin = '';
  #port = 0;
  #child: ChildProcess | undefined;

  readonly #env: Readonly<Record<string, string>>;

  /** @param env  besides our own: REDIS_URL makes it one of several */
  constructor(flavour: Flavour, env: Readonly<Record<string, string>> = {}) {
    this.flavour = flavour;
    this.#env = env;
  }

  /** Starts it, or starts it again, and waits until it answers. */
  async start(): Promise<this> {
    const child = spawn(process.execPath, ['--import', 'tsx', 'e2e/support/server.ts'], {
      cwd: ROOT,
      env: { ...process.env, ...this.#env, NODE_ENV: this.flavour, PORT: String(this.#port) },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.#child = child;
    let errors = '';
    createInterface({ input: child.stderr }).on('line', (line) => {
      errors += `${line}\n`;
      const entry = parse<LogEntry>(line);
      if (entry) this.log.push(entry);
    });
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`The gallery does not start.\n${errors}`)), START_MS);
      child.once('exit', (code) => reject(new Error(`The gallery ended with ${code}.\n${errors}`)));
      createInterface({ input: child.stdout }).on('line', (line) => {
        const note = parse<Note>(line);
        if (note?.kind === 'mount') this.mounts.push(note.view);
        if (note?.kind !== 'ready') return;
        clearTimeout(timer);
        this.origin = note.origin;
        this.#port = note.port;
        resolve();
      });
    });
    return this;
  }

  /** Ends it as a deploy does: it sends its visitors on. */
  async terminate(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    child?.kill('SIGTERM');
    if (child) await once(child, 'exit');
  }

  /** Ends it as a power cut would: nothing is said to anybody. */
  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
}

function parse<T>(line: string): T | undefined {
  try {
    return JSON.parse(line) as T;
  } catch {
    return undefined;
  }
}
