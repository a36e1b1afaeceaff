import { posix } from 'node:path';
import { clientFault } from './walls-client.ts';
import { findCycles } from './walls-cycles.ts';
import { type Import, importsOf } from './walls-imports.ts';
import { isEntry, type Manifest, packageFault, readManifest } from './walls-packages.ts';

export const LONG_LINES = 250;
export const MAX_LINES = 300;

export interface Finding {
  readonly file: string;
  readonly line: number;
  readonly text: string;
  /** Said, but not counted against the change. */
  readonly isWarning?: true;
}

/** Path in the repository → text: sources, package.json files, and the ADRs that grant exceptions. */
export type Files = ReadonlyMap<string, string>;

/** Checks who imports whom, that nobody does so in circles, and how long the files are. Tests may import anything. */
export function check(files: Files): Finding[] {
  const manifests = [...files].filter(([path]) => posix.basename(path) === 'package.json');
  const workspace = manifests.map(([path, source]) => readManifest(path, source));
  const granted = [...files].flatMap(([path, text]) => (path.startsWith('docs/adr/') ? [text] : [])).join('\n');
  const findings: Finding[] = [];
  const graph = new Map<string, Map<string, number>>();
  for (const [file, source] of files) {
    if (!isSource(file)) continue;
    findings.push(...lengthFindings(file, source, granted));
    const own = workspace.find(({ folder }) => file.startsWith(`${folder}/src/`));
    if (!own) continue;
    const edges = new Map<string, number>();
    for (const one of importsOf(file, source)) {
      const fault = importFault(file, one, own, workspace);
      if (fault) findings.push({ file, line: one.line, text: `imports ${one.specifier}: ${fault}` });
      const target = resolve(file, one.specifier);
      if (target && files.has(target)) edges.set(target, edges.get(target) ?? one.line);
    }
    graph.set(file, edges);
  }
  for (const { file, line, path } of findCycles(graph))
    findings.push({ file, line, text: `imports ${path.at(-1)}: a cycle, ${path.join(' → ')}` });
  return findings;
}

export const isSource = (path: string): boolean => /\.ts$/.test(path) && !/\.(test|contract|d)\.ts$/.test(path);

function importFault(file: string, one: Import, own: Manifest, workspace: readonly Manifest[]): string | undefined {
  const source = `${own.folder}/src/`;
  const target = resolve(file, one.specifier);
  if (!target) return packageFault(one.specifier, file.slice(source.length), own, workspace);
  if (!target.startsWith(source)) return 'what lies outside the package is imported by package name';
  if (!isSource(target)) return 'only tests import tests';
  if (one.isReExport && !isEntry(file, own)) return 'only the index.ts of a package exports names of other files';
  if (target === `${source}index.ts`) return 'the index is for other packages';
  if (own.folder !== 'packages/client') return undefined;
  return clientFault(file.slice(source.length), target.slice(source.length), one.isTypeOnly);
}

/** The file a relative import means; nothing for a package. */
function resolve(file: string, specifier: string): string | undefined {
  return specifier.startsWith('.') ? posix.join(posix.dirname(file), specifier) : undefined;
}

function lengthFindings(file: string, source: string, granted: string): Finding[] {
  const lines = source.replace(/\n$/, '').split('\n').length;
  if (lines <= LONG_LINES || granted.includes(file)) return [];
  if (lines <= MAX_LINES)
    return [{ file, line: lines, text: `has ${lines} lines: look for the second noun`, isWarning: true }];
  return [{ file, line: lines, text: `has ${lines} lines, more than ${MAX_LINES}: split it, or say why in docs/adr` }];
}
