import { DEFAULTS, patternOf, type SwConfig } from './config.ts';

const MODULE = '@djust/sw/worker';

const patterns = (paths: readonly string[]): string => `[${paths.map((path) => String(patternOf(path))).join(', ')}]`;

const options = <T extends object>(defaults: T, given: boolean | Partial<T>): string =>
  JSON.stringify({ ...defaults, ...(typeof given === 'object' ? given : {}) });

/** Names that stand in the finished code for what is known only then: the list of files, and the version. */
export const FILES = 'DJUST_FILES';
export const VERSION = 'DJUST_VERSION';

/** The few lines that put a worker together: one for each feature that is on. The bundler leaves the others out. */
export function workerSource(config: SwConfig): string {
  const { shell, prefetch, pages, offline, batch } = config;
  const names: string[] = ['start'];
  const lines: string[] = [];
  const order: string[] = [];
  const add = (name: string, call: string): void => {
    names.push(name);
    lines.push(`const ${name}Feature = ${call};`);
    order.push(`${name}Feature`);
  };
  if (config.precache?.length) add('precache', `precache(${FILES})`);
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
  if (config.bridge) {
    const { url, events } = {
      url: '/djust/sync',
      events: '/djust/events',
      ...(config.bridge !== true && config.bridge),
    };
    add('bridge', `bridge(${JSON.stringify(url)}, ${JSON.stringify(events)})`);
  }
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
    `start([${order.join(', ')}], ${VERSION});`,
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
