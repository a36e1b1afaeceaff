import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { checkSite } from './check.ts';
import type { ConfigFault, SwConfig } from './config.ts';
import { generate } from './generate.ts';
import { KILL_SOURCE } from './source.ts';

export interface CommandIo {
  say(line: string): void;
  warn(line: string): void;
}

const USAGE = `djust-sw build [--config djust-sw.config.js] [--out dist/sw.js]   writes the worker
djust-sw kill  [--out dist/sw.js]                                 writes a worker that removes itself and its caches
djust-sw check --url http://localhost:8000/                       says what keeps a running site from being installed`;

/**
 * Runs the command line.
 * @returns the exit code: 0 well, 1 the configuration or the files have a fault, 2 not understood, or a site that cannot be installed
 */
export async function run(args: readonly string[], io: CommandIo): Promise<number> {
  const [name, ...rest] = args;
  const options = readOptions(rest);
  const isKnown = name === 'build' || name === 'kill' || (name === 'check' && options?.url);
  if (!options || !isKnown) {
    io.warn(USAGE);
    return 2;
  }
  if (options.url) return check(options.url, io);
  const out = options.out ?? 'dist/sw.js';
  if (name === 'kill') {
    await write(out, KILL_SOURCE);
    io.say(`${out}: a worker that removes itself. Serve it at the address of the old one.`);
    return 0;
  }
  const config = await readConfig(options.config ?? 'djust-sw.config.js');
  if ('code' in config) return refuse([config], io);
  const made = await generate(config);
  if (!made.ok) return refuse(made.faults, io);
  const { code, version, manifest, gzipBytes, precacheBytes } = made.value;
  await write(out, code);
  io.say(`${out}: version ${version}, ${gzipBytes} bytes after gzip`);
  io.say(`precache: ${manifest.length} files, ${precacheBytes} bytes`);
  return 0;
}

async function check(url: string, io: CommandIo): Promise<number> {
  if (!URL.canParse(url)) {
    io.warn(`--url: ${url} is no address.`);
    return 2;
  }
  const findings = await checkSite(url, (address) => fetch(address));
  for (const { code, at, hint, isWarning } of findings)
    io.warn(`${isWarning ? 'warning: ' : ''}${code} at ${at}: ${hint}`);
  if (findings.some(({ isWarning }) => !isWarning)) return 2;
  io.say(`${url} can be installed.`);
  return 0;
}

function refuse(faults: readonly ConfigFault[], io: CommandIo): number {
  for (const { code, at, hint } of faults) io.warn(`${code} at ${at}: ${hint}`);
  return 1;
}

function readOptions(args: readonly string[]): Partial<Record<'config' | 'out' | 'url', string>> | undefined {
  const found: Record<string, string> = {};
  for (let at = 0; at < args.length; at += 2) {
    const [, name] = /^--(config|out|url)$/.exec(args[at] ?? '') ?? [];
    const value = args[at + 1];
    if (!name || value === undefined) return undefined;
    found[name] = value;
  }
  return found;
}

async function readConfig(path: string): Promise<SwConfig | ConfigFault> {
  try {
    const module = (await import(pathToFileURL(resolve(path)).href)) as { default?: SwConfig };
    if (module.default) return module.default;
    return { code: 'sw/config-invalid', at: path, hint: 'Export the configuration as default.' };
  } catch (error) {
    return { code: 'sw/config-invalid', at: path, hint: `It cannot be read: ${(error as Error).message}` };
  }
}

async function write(path: string, text: string): Promise<void> {
  await mkdir(dirname(resolve(path)), { recursive: true });
  await writeFile(path, text);
}
