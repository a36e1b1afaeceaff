import { posix } from 'node:path';

/** What the walls need of a package.json. */
export interface Manifest {
  readonly folder: string;
  readonly name: string;
  /** Names of all packages it may count on when it is installed. */
  readonly listed: ReadonlySet<string>;
  readonly exports: Readonly<Record<string, unknown>>;
}

/** Who may know whom. `parts` adds to it for a folder below `src`; `isOpen` allows whatever the package.json lists. */
interface Neighbours {
  readonly all: readonly string[];
  readonly parts?: Readonly<Record<string, readonly string[]>>;
  readonly isOpen?: true;
}

const NEIGHBOURS: Readonly<Record<string, Neighbours>> = {
  'packages/protocol': { all: [] },
  'packages/outbox': { all: ['@djust/protocol'] },
  'packages/client': { all: ['@djust/protocol', '@djust/outbox', 'idb'] },
  'packages/turbonav': { all: [] },
  'packages/devtools': { all: ['@djust/protocol'] },
  'packages/sw': {
    all: ['@djust/protocol', '@djust/outbox'],
    parts: {
      build: ['workbox-build', 'esbuild', 'terser', 'node:'],
      worker: ['idb'],
      page: ['idb'],
      sync: ['idb'],
      store: ['idb'],
    },
  },
  'server-ref': { all: ['@djust/protocol', 'node:', 'ws', 'parse5'], isOpen: true },
};

export function readManifest(path: string, source: string): Manifest {
  const { name, dependencies, peerDependencies, optionalDependencies, exports = {} } = JSON.parse(source);
  const listed = new Set(Object.keys({ ...dependencies, ...peerDependencies, ...optionalDependencies }));
  return { folder: posix.dirname(path), name, listed, exports };
}

/** Why `own` must not import `specifier`, which names a package; `file` is relative to its `src`. */
export function packageFault(
  specifier: string,
  file: string,
  own: Manifest,
  workspace: readonly Manifest[],
): string | undefined {
  const wanted = packageNameOf(specifier);
  if (wanted === own.name) return 'a package names its own files by path';
  const { all, parts, isOpen } = NEIGHBOURS[own.folder] ?? { all: [] };
  const isSibling = workspace.some(({ name }) => name === wanted);
  const mayKnow = [...all, ...(parts?.[file.split('/')[0] ?? ''] ?? [])];
  if (!mayKnow.includes(wanted) && !(isOpen && !isSibling && own.listed.has(wanted)))
    return `${own.folder} may import ${mayKnow.join(', ') || 'nothing'}${isOpen ? ', and what its package.json lists' : ''}`;
  if (wanted !== 'node:' && !own.listed.has(wanted)) return `the package.json of ${own.folder} does not list it`;
  const target = workspace.find(({ name }) => name === wanted);
  const subpath = `.${specifier.slice(wanted.length)}`;
  if (target && !exportsSubpath(target, subpath)) return `${target.name} does not export ${subpath}`;
  return undefined;
}

/** Whether the file is a public entry: the index of the package, or the source of an exported subpath. */
export function isEntry(path: string, { folder, exports }: Manifest): boolean {
  const sources = Object.values(exports).map((target) => (target as { source?: string }).source);
  return path === `${folder}/src/index.ts` || sources.includes(`./${path.slice(folder.length + 1)}`);
}

function exportsSubpath({ exports }: Manifest, subpath: string): boolean {
  return Object.keys(exports).some((key) => {
    const [start = '', end] = key.split('*');
    return key === subpath || (end !== undefined && subpath.startsWith(start) && subpath.endsWith(end));
  });
}

function packageNameOf(specifier: string): string {
  if (specifier.startsWith('node:')) return 'node:';
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}
