import { existsSync, readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { getManifest } from 'workbox-build/build/get-manifest.js';
import { type ConfigFault, DEFAULTS, type PrecacheSource } from './config.ts';

export interface ManifestEntry {
  readonly url: string;
  /** Hash of the content; null when the name has one. */
  readonly revision: string | null;
  readonly bytes: number;
}

/** The built files of one source, in the order of their addresses, so that the same files make the same worker. */
export async function manifestOf(
  source: PrecacheSource,
  at: string,
): Promise<{ entries: ManifestEntry[]; faults: ConfigFault[] }> {
  const folder = resolve(source.folder);
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    const hint = `There is no folder ${source.folder}. Build the site first, or correct the path.`;
    return { entries: [], faults: [{ code: 'sw/folder-missing', at: `${at}/folder`, hint }] };
  }
  const maxBytes = source.maxBytes ?? DEFAULTS.precache.maxBytes;
  const { manifestEntries, size } = await getManifest({
    globDirectory: folder,
    globPatterns: [...(source.files ?? ['**/*'])],
    globIgnores: ['**/*.map'],
    dontCacheBustURLsMatching: new RegExp(source.hashed ?? DEFAULTS.precache.hashed),
    // Our own budget says it better than a file that is silently left out.
    maximumFileSizeToCacheInBytes: Number.MAX_SAFE_INTEGER,
  });
  const entries = manifestEntries
    .map(({ url, revision }) => ({ url: source.url + url, revision, bytes: statSync(join(folder, url)).size }))
    .sort((a, b) => (a.url < b.url ? -1 : 1));
  const faults: ConfigFault[] = [];
  if (entries.length === 0) {
    const hint = `No file in ${source.folder} matches ${(source.files ?? ['**/*']).join(', ')}.`;
    faults.push({ code: 'sw/nothing-found', at: `${at}/files`, hint });
  }
  for (const { url } of entries) if (isPage(folder, url.slice(source.url.length))) faults.push(notAScript(url, at));
  if (size > maxBytes) {
    const hint = `The files weigh ${size} bytes, ${size - maxBytes} more than maxBytes. Leave files out, or raise it.`;
    faults.push({ code: 'sw/over-budget', at: `${at}/maxBytes`, hint });
  }
  return { entries, faults };
}

const notAScript = (url: string, at: string): ConfigFault => ({
  code: 'sw/not-a-script',
  at,
  hint: `${url} is an HTML page. A build step has written its error page, or its index, under the name of a script.`,
});

/** A page under the name of a script would be kept for good and break the site. */
function isPage(folder: string, file: string): boolean {
  return (
    /\.(m?js|css)$/.test(file) && /^\s*<(!doctype|html)/i.test(readFileSync(join(folder, file), 'utf8').slice(0, 200))
  );
}
