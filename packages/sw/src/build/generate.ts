import { createHash } from 'node:crypto';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { type ConfigFault, checkConfig, DEFAULTS, type SwConfig } from './config.ts';
import { type ManifestEntry, manifestOf } from './manifest.ts';
import { minify } from './minify.ts';
import { FILES, VERSION, workerSource } from './source.ts';

export interface Generated {
  /** The worker, to be served from the root of the site. */
  readonly code: string;
  /** Changes when the worker or a file that it keeps changes, and never otherwise. */
  readonly version: string;
  readonly manifest: readonly ManifestEntry[];
  /** Bytes of the code after gzip -9, without the list of files. */
  readonly gzipBytes: number;
  /** Bytes of all files that are kept. */
  readonly precacheBytes: number;
}

export type GenerateResult = { ok: true; value: Generated } | { ok: false; faults: readonly ConfigFault[] };

/** Puts a worker together. The same configuration and the same files make the same bytes. */
export async function generate(config: SwConfig): Promise<GenerateResult> {
  const faults = checkConfig(config);
  if (faults.length > 0) return { ok: false, faults };
  const manifest: ManifestEntry[] = [];
  for (const [at, source] of (config.precache ?? []).entries()) {
    const found = await manifestOf(source, `/precache/${at}`);
    manifest.push(...found.entries);
    faults.push(...found.faults);
  }
  if (faults.length > 0) return { ok: false, faults };
  try {
    const bare = await bundle(workerSource(config));
    const gzipBytes = gzipSync(bare, { level: 9 }).length;
    const maxGzipBytes = config.maxGzipBytes ?? DEFAULTS.maxGzipBytes;
    if (gzipBytes > maxGzipBytes) {
      const hint = `The worker weighs ${gzipBytes} bytes after gzip, ${gzipBytes - maxGzipBytes} more than it may.`;
      return { ok: false, faults: [{ code: 'sw/over-budget', at: '/maxGzipBytes', hint }] };
    }
    const files = JSON.stringify(manifest.map(({ url, revision }) => ({ url, revision })));
    const version = createHash('sha256').update(bare).update(files).digest('hex').slice(0, 16);
    const code = bare.replaceAll(FILES, () => files).replaceAll(VERSION, JSON.stringify(version));
    const precacheBytes = manifest.reduce((sum, { bytes }) => sum + bytes, 0);
    return { ok: true, value: { code, version, manifest, gzipBytes, precacheBytes } };
  } catch (error) {
    const hint = error instanceof Error ? error.message : String(error);
    return { ok: false, faults: [{ code: 'sw/build-failed', at: '/', hint }] };
  }
}

async function bundle(source: string): Promise<string> {
  const here = import.meta.url;
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: dirname(fileURLToPath(here)), loader: 'js' },
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    legalComments: 'none',
    // In this repository the worker is built from its sources, elsewhere from what was published.
    conditions: here.endsWith('.ts') ? ['source', 'worker', 'browser'] : ['worker', 'browser'],
    logLevel: 'silent',
  });
  return minify(outputFiles[0]?.text ?? '');
}
