import { watch } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { DjustServer, View } from '@djust/server';
import { build } from 'esbuild';

const SETTLE_MS = 50;

/** Below the project, so that what the views import is found. */
const OUT = fileURLToPath(new URL('../../.cache/hot-reload/', import.meta.url));

export interface HotReload {
  readonly server: DjustServer;
  /** Holds the views; what they import from it is watched too. */
  readonly folder: string;
  /** Files below it that export views. */
  readonly files: readonly string[];
  readonly signal: AbortSignal;
  /** Hears what was reloaded, or why not. */
  say(line: string): void;
}

interface Built {
  readonly code: string;
  /** Names of the files it is made of. */
  readonly parts: ReadonlySet<string>;
}

/**
 * Watches the sources of views, from when it resolves. When one changes, all files that contain it are built, and their
 * views replaced while they run; a file that no view is made of changes nothing, nor does one that says what it said.
 */
export async function hotReload({ server, folder, files, signal, say }: HotReload): Promise<void> {
  const known = new Map<string, Built>();
  for (const file of files) known.set(file, await bundle(folder, file));
  const reload = async (file: string, before: Built): Promise<void> => {
    try {
      const built = await bundle(folder, file);
      known.set(file, built);
      if (built.code === before.code) return;
      for (const view of await viewsIn(built.code, file)) {
        const reloaded = await server.reload(view, file);
        say(`Reloaded ${view.name} from ${file}: ${reloaded.length} open pages.`);
      }
    } catch (error) {
      say(`${file} was not reloaded: ${error instanceof Error ? error.message : error}`);
    }
  };
  let changed = new Set<string>();
  let running = Promise.resolve();
  const reloadChanged = async (): Promise<void> => {
    const names = changed;
    changed = new Set();
    for (const [file, built] of known) if ([...names].some((name) => built.parts.has(name))) await reload(file, built);
  };
  let timer: NodeJS.Timeout | undefined;
  const watcher = watch(folder, { recursive: true, signal }, (_, filename) => {
    if (filename) changed.add(basename(filename));
    clearTimeout(timer);
    timer = setTimeout(() => {
      running = running.then(reloadChanged);
    }, SETTLE_MS);
  });
  watcher.on('error', ({ message }) => say(`Sources are not watched any more: ${message}`));
}

async function bundle(folder: string, file: string): Promise<Built> {
  const { outputFiles, metafile } = await build({
    entryPoints: [join(folder, file)],
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    write: false,
    metafile: true,
    logLevel: 'silent',
  });
  const parts = new Set(Object.keys(metafile.inputs).map((path) => basename(path)));
  return { code: outputFiles[0]?.text ?? '', parts };
}

let count = 0;

/** Modules are never forgotten, so each version is a file of its own. */
async function viewsIn(code: string, file: string): Promise<View[]> {
  await mkdir(OUT, { recursive: true });
  const path = join(OUT, `${basename(file, '.ts')}-${process.pid}-${++count}.mjs`);
  await writeFile(path, code);
  try {
    const module = (await import(pathToFileURL(path).href)) as Record<string, unknown>;
    return Object.values(module).filter(isView);
  } finally {
    await rm(path, { force: true });
  }
}

const isView = (value: unknown): value is View =>
  typeof value === 'object' && value !== null && 'render' in value && 'events' in value && value.events instanceof Map;
