import { mkdir, rm, watch, writeFile } from 'node:fs/promises';
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

/**
 * Watches the sources of views. When one changes, all files that contain it are built and their views replaced while they
 * run; a file that no view is made of changes nothing.
 */
export async function hotReload({ server, folder, files, signal, say }: HotReload): Promise<void> {
  const partsOf = new Map<string, ReadonlySet<string>>();
  for (const file of files) partsOf.set(file, (await bundle(folder, file)).parts);
  let changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  const reload = async (): Promise<void> => {
    const names = changed;
    changed = new Set();
    for (const [file, parts] of partsOf) {
      if (![...names].some((name) => parts.has(name))) continue;
      try {
        const built = await bundle(folder, file);
        partsOf.set(file, built.parts);
        for (const view of await viewsIn(built.code, file)) {
          const reloaded = await server.reload(view, file);
          say(`Reloaded ${view.name} from ${file}: ${reloaded.length} open pages.`);
        }
      } catch (error) {
        say(`${file} was not reloaded: ${error instanceof Error ? error.message : error}`);
      }
    }
  };
  try {
    for await (const { filename } of watch(folder, { recursive: true, signal })) {
      if (filename) changed.add(basename(filename));
      clearTimeout(timer);
      timer = setTimeout(() => void reload(), SETTLE_MS);
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

async function bundle(folder: string, file: string): Promise<{ code: string; parts: ReadonlySet<string> }> {
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
