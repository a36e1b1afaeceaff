import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { PACKAGES } from '../rollup.config.mjs';
import { fromRoot, ROOT } from './root.ts';

/** What every build depends on: the recipe and the exact versions of the tools and of what gets bundled. */
const SHARED = ['rollup.config.mjs', 'scripts/bundles.mjs', 'tsconfig.base.json', 'package-lock.json'];

/**
 * A hash of all that a package is built from, its workspace dependencies included. Contents and not times: a checkout
 * gives every file a new time.
 */
export function fingerprint(folder: string): string {
  const hash = createHash('sha256');
  const files = withDependencies(folder).flatMap((name) => [
    fromRoot(name, 'package.json'),
    fromRoot(name, 'tsconfig.json'),
    ...sourcesOf(fromRoot(name, 'src')),
  ]);
  for (const file of [...SHARED.map((name) => fromRoot(name)), ...files]) {
    hash.update(`${relative(ROOT, file)}\0`);
    hash.update(readFileSync(file));
  }
  return hash.digest('hex');
}

function withDependencies(folder: string): string[] {
  const found = new Set([folder]);
  // The set grows while it is walked, so this reaches the dependencies of dependencies as well.
  for (const name of found) {
    const { dependencies = {} } = readManifest(name);
    for (const other of PACKAGES) if (readManifest(other).name in dependencies) found.add(other);
  }
  return [...found].sort();
}

function readManifest(folder: string): { name: string; dependencies?: Record<string, string> } {
  return JSON.parse(readFileSync(fromRoot(folder, 'package.json'), 'utf8'));
}

function sourcesOf(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.(test|contract)\.ts$/.test(entry.name))
    .map((entry) => `${entry.parentPath}/${entry.name}`)
    .sort();
}
