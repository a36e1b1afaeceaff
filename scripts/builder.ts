import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { type OutputOptions, type RollupError, type RollupLog, type RollupOptions, rollup } from 'rollup';
import { type Unit, units } from '../rollup.config.mjs';
import { Refusal } from './command.ts';
import { fingerprint } from './fingerprint.ts';
import { fromRoot, ROOT } from './root.ts';

export interface BuildOptions {
  /** Names of units; all when absent. */
  only?: readonly string[] | undefined;
  /** Builds even what is up to date. */
  force?: boolean;
  say?: (line: string) => void;
}

/** Rendered length of each module in a bundle, in characters before minifying; both by path in the repository. */
export type Modules = Record<string, Record<string, number>>;

/** What the last build of a unit left behind; lies in .cache/build. */
interface Stamp {
  fingerprint: string;
  outputs: string[];
  modules: Modules;
}

/** Warnings that are mistakes: the bundle would break in the browser, or hides a defect of the source. */
const FATAL = new Set([
  'UNRESOLVED_IMPORT',
  'MISSING_EXPORT',
  'MISSING_NAME_OPTION_FOR_IIFE_EXPORT',
  'CIRCULAR_DEPENDENCY',
]);

/** Builds what is out of date. A unit that cannot be built does not stop the others; all faults are thrown as one. */
export async function build({ only, force = false, say = console.log }: BuildOptions = {}): Promise<void> {
  const all = units();
  const unknown = only?.filter((name) => !all.some((unit) => unit.name === name)) ?? [];
  if (unknown.length)
    throw new Refusal(`No such unit: ${unknown.join(', ')}. There are ${all.map((u) => u.name).join(', ')}.`);
  const faults: string[] = [];
  for (const unit of all.filter(({ name }) => only?.includes(name) ?? true)) {
    for (const entry of unit.missing) say(`skipped ${unit.name}: ${entry} does not exist yet`);
    await buildUnit(unit, force, say).catch((error: RollupError) => {
      faults.push(`${unit.name}: ${error.message}${error.frame ? `\n${error.frame}` : ''}`);
    });
  }
  if (faults.length) throw new Refusal(`The build failed.\n${faults.join('\n')}`);
}

/** The modules of every bundle built so far. */
export function bundledModules(): Modules {
  return Object.assign({}, ...units().map((unit) => readStamp(unit.name)?.modules ?? {}));
}

async function buildUnit(unit: Unit, force: boolean, say: (line: string) => void): Promise<void> {
  if (!unit.configs.length) return;
  const last = readStamp(unit.name);
  const current = fingerprint(unit.folder);
  if (!force && last?.fingerprint === current && last.outputs.every((file) => existsSync(fromRoot(file)))) return;
  const startedAt = performance.now();
  const path = stampPath(unit.name);
  // Until the build is through, what lies in dist belongs to no state of the sources.
  rmSync(path, { force: true });
  const stamp: Stamp = { fingerprint: current, outputs: [], modules: {} };
  for (const config of unit.configs) await runRollup(config, stamp, say);
  // A file that was renamed or taken away would otherwise stay in dist and be published.
  for (const file of last?.outputs ?? []) if (!stamp.outputs.includes(file)) rmSync(fromRoot(file), { force: true });
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, JSON.stringify(stamp));
  say(`built ${unit.name} (${((performance.now() - startedAt) / 1000).toFixed(1)} s)`);
}

async function runRollup(config: RollupOptions, stamp: Stamp, say: (line: string) => void): Promise<void> {
  const onLog = (_level: string, log: RollupLog): void => {
    if (FATAL.has(log.code ?? '')) throw new Error(log.message);
    say(`warning: ${log.message}`);
  };
  const bundle = await rollup({ ...config, logLevel: 'warn', onLog });
  try {
    const outputOptions = config.output as OutputOptions;
    const folder = outputOptions.dir ?? dirname(outputOptions.file ?? '');
    const { output } = await bundle.write(outputOptions);
    for (const part of output) {
      const file = relative(ROOT, `${folder}/${part.fileName}`);
      stamp.outputs.push(file);
      if (part.type !== 'chunk' || outputOptions.format !== 'iife') continue;
      const lengths = Object.entries(part.modules).map(([id, { renderedLength }]) => [
        relative(ROOT, id),
        renderedLength,
      ]);
      stamp.modules[file] = Object.fromEntries(lengths);
    }
  } finally {
    await bundle.close();
  }
}

const stampPath = (unit: string): string => fromRoot('.cache/build', `${unit.replace(':', '-')}.json`);

function readStamp(unit: string): Stamp | undefined {
  const path = stampPath(unit);
  return existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : undefined;
}
