import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const PROJECT = fileURLToPath(new URL('../project', import.meta.url));
const DIST = fileURLToPath(new URL('../../../packages/client/dist', import.meta.url));
const START_MS = 60_000;

const PANEL = fileURLToPath(new URL('../../../packages/devtools/dist/script', import.meta.url));

/**
 * Which client the pages load: ours, or the one that the package brings. `development` is a server with DEBUG, our client
 * for development, and our debug panel in the place of the package's.
 */
export type WhichClient = 'ours' | 'stock' | 'development';

/** The Django project on daphne, in a process of its own. The djust package in it is as PyPI has it. */
export class DjangoProcess {
  readonly client: WhichClient;
  origin = '';
  /** Version of the installed djust. */
  version = '';
  /** Environment variables that demo/settings.py and demo/asgi.py look at. */
  #settings: Record<string, string>;
  #folder = '';
  #port = 0;
  #child: ChildProcess | undefined;

  constructor(client: WhichClient, settings: Record<string, string> = {}) {
    this.client = client;
    this.#settings = settings;
  }

  /** Starts it, or starts it again on the same port and with the same database. */
  async start(): Promise<this> {
    const python = process.env.DJUST_PYTHON;
    if (!python) throw new Error('Run these tests with `npm run e2e:djust`, which prepares Python.');
    this.#folder ||= this.client === 'development' ? makeDevelopmentFolder() : makeFolder();
    const child = spawn(python, ['serve.py'], {
      cwd: PROJECT,
      env: {
        ...process.env,
        PORT: String(this.#port),
        PYTHONDONTWRITEBYTECODE: '1',
        DEMO_DATABASE: join(this.#folder, 'db.sqlite3'),
        ...this.#settings,
        ...(this.client === 'development' && { DEMO_DEBUG: '1' }),
        ...(this.client !== 'stock' && { DEMO_CLIENT: join(this.#folder, 'static') }),
      },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.#child = child;
    let errors = '';
    createInterface({ input: child.stderr }).on('line', (line) => {
      errors = `${errors}${line}\n`.slice(-20_000);
    });
    await new Promise<void>((resolve, reject) => {
      const timer = globalThis.setTimeout(() => reject(new Error(`The server does not start.\n${errors}`)), START_MS);
      child.once('exit', (code) => reject(new Error(`The server ended with ${code}.\n${errors}`)));
      createInterface({ input: child.stdout }).on('line', (line) => {
        const note = JSON.parse(line) as { port: number; djust: string };
        clearTimeout(timer);
        this.#port = note.port;
        this.origin = `http://127.0.0.1:${note.port}`;
        this.version = note.djust;
        resolve();
      });
    });
    return this;
  }

  /** Stops it for a while, as a busy machine does. */
  async pause(ms: number): Promise<void> {
    this.#child?.kill('SIGSTOP');
    await setTimeout(ms);
    this.#child?.kill('SIGCONT');
  }

  /** Ends it as a power cut would. */
  async kill(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }

  async end(): Promise<void> {
    await this.kill();
    if (this.#folder) rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** A place for the database, and the static folder that a user would make: our files, the main one under the stock name. */
function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'djust-e2e-'));
  const target = join(folder, 'static', 'djust');
  mkdirSync(target, { recursive: true });
  const bundles = readdirSync(DIST).filter((name) => /^djust\..*min\.js$/.test(name));
  for (const name of bundles) copyFileSync(join(DIST, name), join(target, name));
  copyFileSync(join(DIST, 'djust.min.js'), join(target, 'client.min.js'));
  return folder;
}

/** The same for development: DEBUG has other names, and the place of the package's panel takes one line that loads ours. */
function makeDevelopmentFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'djust-e2e-'));
  const target = join(folder, 'static', 'djust');
  mkdirSync(target, { recursive: true });
  for (const name of readdirSync(DIST).filter((one) => /^djust[^/]*(?<!\.min)\.js$/.test(one)))
    copyFileSync(join(DIST, name), join(target, name));
  copyFileSync(join(DIST, 'djust.js'), join(target, 'client.js'));
  cpSync(PANEL, join(folder, 'static', 'djust-devtools'), { recursive: true });
  writeFileSync(join(target, 'debug-panel.js'), "import('/static/djust-devtools/djust-devtools.js');\n");
  writeFileSync(join(target, 'client-dev.js'), '');
  return folder;
}
