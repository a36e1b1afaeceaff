import { DEFAULTS, patternOf, type SwConfig } from './config.ts';
import type { ManifestEntry } from './manifest.ts';

const MODULE = '@djust/sw/worker';

const patterns = (paths: readonly string[]): string => `[${paths.map((path) => String(patternOf(path))).join(', ')}]`;

const options = <T extends object>(defaults: T, given: boolean | Partial<T>): string =>
  JSON.stringify({ ...defaults, ...(typeof given === 'object' ? given : {}) });

/** The few lines that put a worker together: one for each feature that is on. The bundler leaves the others out. */
export function workerSource(config: SwConfig, manifest: readonly ManifestEntry[], version: string): string {
  const { shell, prefetch, pages, offline, batch } = config;
  const names: string[] = ['start'];
  const lines: string[] = [];
  const order: string[] = [];
  const add = (name: string, call: string): void => {
    names.push(name);
    lines.push(`const ${name}Feature = ${call};`);
    order.push(`${name}Feature`);
  };
  if (manifest.length > 0) {
    const entries = manifest.map(({ url, revision }) => ({ url, revision }));
    add('precache', `precache(${JSON.stringify(entries)})`);
  }
  if (batch) {
    const { paths, ...rest } = batch;
    const knobs = options(DEFAULTS.batch, rest);
    add('batch', `batch({ ...${knobs}, paths: ${patterns(paths)} })`);
  }
  if (pages) add('pages', `pages(${options(DEFAULTS.pages, pages)})`);
  if (shell) {
    const layouts = Object.entries(shell.layouts).map(([name, paths]) => `${JSON.stringify(name)}: ${patterns(paths)}`);
    const broken = pages ? ', broken: pagesFeature.broken' : '';
    add(
      'shell',
      `shell({ layouts: { ${layouts.join(', ')} }, holdMs: ${shell.holdMs ?? DEFAULTS.shell.holdMs}${broken} })`,
    );
  }
  if (prefetch) {
    const headers = shell ? ', headers: shellFeature.navigation.headers' : '';
    add('prefetch', `prefetch({ ...${options(DEFAULTS.prefetch, prefetch)}${headers} })`);
  }
  if (config.bridge)
    add('bridge', `bridge(${JSON.stringify(config.bridge === true ? '/djust/sync' : config.bridge.url)})`);
  if (offline) add('offline', `offline(${JSON.stringify(offline)})`);
  // What one user leaves behind must be found by whoever forgets it.
  if (pages || prefetch) {
    names.push('session');
    lines.push(`const sessionFeature = session([${prefetch ? 'prefetchFeature' : ''}]);`);
    order.unshift('sessionFeature');
  }
  if (shell || prefetch || pages || offline) {
    names.push('navigations');
    lines.push(`const navigationFeature = navigations([${order.join(', ')}], ${patterns(config.exclude ?? [])});`);
    order.push('navigationFeature');
  }
  return [
    `import { ${names.join(', ')} } from '${MODULE}';`,
    ...lines,
    `start([${order.join(', ')}], ${JSON.stringify(version)});`,
    '',
  ].join('\n');
}

/** Takes a site out of the hands of its worker: no registration, no caches, every page loaded once more from the network. */
export const KILL_SOURCE = `self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => {
  event.waitUntil((async () => {
    for (const name of await caches.keys()) if (name.startsWith('dj-')) await caches.delete(name);
    indexedDB.deleteDatabase('djust-sw');
    await self.registration.unregister();
    for (const client of await self.clients.matchAll({ type: 'window' })) client.navigate(client.url);
  })());
});
`;
