import { dirname, resolve } from 'node:path';
import type { Template } from '../view/compile.ts';
import type { View } from '../view/define-view.ts';
import { expressionsIn } from './expressions.ts';
import { placeOfFunction } from './function-place.ts';
import type { Origin } from './slot-index.ts';
import { sourceFile } from './source.ts';

const MOST_FILES = 40;
const MOST_CHARS = 2_000_000;
const MOST_NAME = 120;
const RELATIVE = /(?:from|import)\s*\(?\s*['"](\.{1,2}\/[^'"\n]+)['"]/g;

const sources = new WeakMap<View, Promise<readonly string[]>>();
const names = new WeakMap<Template, readonly string[]>();

/** What a value is called: its expression in the source, or, where that is not to be found, what stands in front of it. */
export async function nameOf(view: View, { template, holes }: Origin): Promise<string> {
  const known = names.get(template) ?? (await namesOf(view, template));
  names.set(template, known);
  return holes
    .map((hole) => known[hole] ?? '')
    .filter(Boolean)
    .join(', ')
    .slice(0, MOST_NAME);
}

async function namesOf(view: View, { strings }: Template): Promise<readonly string[]> {
  let all = sources.get(view);
  if (!all) {
    all = sourcesOf(view);
    sources.set(view, all);
  }
  for (const source of await all) {
    const found = expressionsIn(source, strings.raw);
    if (found) return found;
  }
  return strings.slice(0, -1).map((text) => `the value behind ${text.trim().replace(/\s+/g, ' ').slice(-60)}`);
}

/** The file that the template stands in, and what that imports of the project; then the template as it runs, compiled perhaps. */
async function sourcesOf(view: View): Promise<readonly string[]> {
  const found: string[] = [];
  const place = await placeOfFunction(view.render).catch(() => undefined);
  const open = place ? [place.file] : [];
  const seen = new Set(open);
  let chars = 0;
  for (let name = open.shift(); name !== undefined && found.length < MOST_FILES; name = open.shift()) {
    const source = await sourceFile(name);
    if (!source || chars + source.text.length > MOST_CHARS) continue;
    chars += source.text.length;
    found.push(source.text);
    for (const [, specifier = ''] of source.text.matchAll(RELATIVE)) {
      const next = resolve(dirname(source.file), specifier);
      if (!seen.has(next)) open.push(next);
      seen.add(next);
    }
  }
  return [...found, String(view.render)];
}
