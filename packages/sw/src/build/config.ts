/** What a worker is made of. Every feature is off until it is named, and what is off is not in the file. */
export interface SwConfig {
  /** Built files that are there before they are asked for. */
  readonly precache?: readonly PrecacheSource[];
  /** Shows the layout at once and streams the page into it. */
  readonly shell?: ShellConfig;
  /** Pages that the user is about to open. */
  readonly prefetch?: boolean | Partial<PrefetchConfig>;
  /** Pages as they were left: for the way back, and to read without a network. Needs `shell`. */
  readonly pages?: boolean | Partial<PagesConfig>;
  /** What is shown when there is no network and nothing was kept. */
  readonly offline?: { readonly page: string };
  /** Sends small requests that are made at the same time as one. */
  readonly batch?: { readonly paths: readonly string[] } & Partial<Omit<BatchConfig, 'paths'>>;
  /** What was done without a network is sent by the worker, even if no page is open any more. */
  readonly bridge?: boolean | { readonly url?: string; readonly events?: string };
  /** Paths that the worker never answers: sign-in, downloads, administration. `*` stands for anything. */
  readonly exclude?: readonly string[];
  /** What the worker may weigh after gzip -9, without the list of files. */
  readonly maxGzipBytes?: number;
}

export interface PrecacheSource {
  /** Folder of built files, from where the command runs. */
  readonly folder: string;
  /** Address of that folder on the site. */
  readonly url: string;
  /** Which files; all but source maps by default. */
  readonly files?: readonly string[];
  /** Names that change with their content, as a regular expression. Default: a hash of eight or more signs before the extension. */
  readonly hashed?: string;
  /** What all files of this source may weigh. */
  readonly maxBytes?: number;
}

export interface ShellConfig {
  /** Layout → paths that use it. */
  readonly layouts: Readonly<Record<string, readonly string[]>>;
  readonly holdMs?: number;
}

export interface PrefetchConfig {
  readonly maxInFlight: number;
  readonly maxKept: number;
  readonly maxAgeMs: number;
}

export interface PagesConfig {
  readonly backMs: number;
  readonly readingMs: number;
  readonly maxPages: number;
  readonly maxBytes: number;
  readonly notice: string;
}

export interface BatchConfig {
  readonly paths: readonly string[];
  readonly url: string;
  readonly windowMs: number;
  readonly maxItems: number;
}

/** Value and unit of every knob; docs/service-worker.md lists them and is tested against this. */
export const DEFAULTS: {
  readonly shell: { readonly holdMs: number };
  readonly prefetch: PrefetchConfig;
  readonly pages: PagesConfig;
  readonly batch: Omit<BatchConfig, 'paths'>;
  readonly precache: { readonly hashed: string; readonly maxBytes: number };
  readonly maxGzipBytes: number;
} = {
  shell: { holdMs: 25 },
  prefetch: { maxInFlight: 2, maxKept: 5, maxAgeMs: 15_000 },
  pages: {
    backMs: 300_000,
    readingMs: 86_400_000,
    maxPages: 20,
    maxBytes: 5_242_880,
    notice:
      '<p class="dj-offline" role="status" data-dj-offline>You are offline. This is the page as you last saw it.</p>',
  },
  batch: { url: '/djust/batch', windowMs: 8, maxItems: 20 },
  precache: { hashed: '[.-][0-9A-Za-z_-]{8,}\\.\\w+$', maxBytes: 5_242_880 },
  maxGzipBytes: 9_216,
};

/** One mistake in a configuration: where it is and what to do. */
export interface ConfigFault {
  readonly code: SwCode;
  readonly at: string;
  readonly hint: string;
}

export type SwCode =
  | 'sw/config-invalid'
  | 'sw/folder-missing'
  | 'sw/nothing-found'
  | 'sw/not-a-script'
  | 'sw/over-budget'
  | 'sw/build-failed';

const KEYS: readonly string[] = [
  'precache',
  'shell',
  'prefetch',
  'pages',
  'offline',
  'batch',
  'bridge',
  'exclude',
  'maxGzipBytes',
] satisfies (keyof SwConfig)[];

/** Checks what a file of the user exports. All faults at once, in the order of the file. */
export function checkConfig(value: unknown): ConfigFault[] {
  const fault = (at: string, hint: string): ConfigFault => ({ code: 'sw/config-invalid', at, hint });
  if (typeof value !== 'object' || value === null) return [fault('/', 'Export an object.')];
  const config = value as SwConfig;
  const faults = Object.keys(config)
    .filter((key) => !KEYS.includes(key))
    .map((key) => fault(`/${key}`, `There is no such feature. There are: ${KEYS.join(', ')}.`));
  if (config.precache !== undefined && !Array.isArray(config.precache))
    faults.push(fault('/precache', 'Give a list of { folder, url }.'));
  else
    config.precache?.forEach((source, at) => {
      if (!source?.folder) faults.push(fault(`/precache/${at}/folder`, 'Name the folder of the built files.'));
      if (!source?.url?.startsWith('/') || !source.url.endsWith('/'))
        faults.push(fault(`/precache/${at}/url`, 'Begin and end the address with /.'));
    });
  const layouts = Object.entries(config.shell?.layouts ?? {});
  if (config.shell && layouts.length === 0) faults.push(fault('/shell/layouts', 'Name a layout and its paths.'));
  for (const [name, paths] of layouts) {
    if (!/^[\w-]+$/.test(name)) faults.push(fault(`/shell/layouts/${name}`, 'Use letters, digits, _ and - only.'));
    faults.push(...pathFaults(`/shell/layouts/${name}`, paths));
  }
  if (config.pages && !config.shell)
    faults.push(fault('/pages', 'Switch `shell` on: pages are kept without their layout.'));
  if (config.offline && !config.offline.page?.startsWith('/')) faults.push(fault('/offline/page', 'Begin with /.'));
  if (config.batch) faults.push(...pathFaults('/batch/paths', config.batch.paths));
  faults.push(...pathFaults('/exclude', config.exclude ?? []));
  return faults;

  function pathFaults(at: string, paths: unknown): ConfigFault[] {
    if (!Array.isArray(paths)) return [fault(at, 'Give a list of paths.')];
    return paths.flatMap((path, index) =>
      typeof path === 'string' && path.startsWith('/') ? [] : [fault(`${at}/${index}`, 'Begin the path with /.')],
    );
  }
}

/** `/notes/*` → what matches `/notes/` and everything below it. */
export function patternOf(path: string): RegExp {
  const escaped = path.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*');
  return new RegExp(`^${escaped}$`);
}
