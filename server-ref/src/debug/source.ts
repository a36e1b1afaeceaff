import { readFile, realpath } from 'node:fs/promises';
import { extname, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Lines of a source file around the one that is asked for. */
export interface SourceLines {
  /** As the file system has it, for an editor on this machine. */
  readonly file: string;
  /** Number of the first line. */
  readonly from: number;
  readonly lines: readonly string[];
}

const AROUND = 6;
const MOST_CHARS = 400;
const MOST_BYTES = 1_048_576;
const CODE = /^\.[cm]?[jt]sx?$/;

/** A source file of this project. */
export interface SourceFile {
  /** As the file system has it, for an editor on this machine. */
  readonly file: string;
  readonly text: string;
}

/** Only code of the project that runs: nothing outside of its folder, nothing that is installed or hidden, no other kind of file. */
export async function sourceFile(name: string, root: string = process.cwd()): Promise<SourceFile | undefined> {
  try {
    const file = await realpath(name.startsWith('file:') ? fileURLToPath(name) : resolve(root, name));
    const within = relative(await realpath(root), file).split(sep);
    const isOurs = within.every((part) => !part.startsWith('.') && part !== 'node_modules');
    if (!isOurs || !CODE.test(extname(file))) return undefined;
    const text = await readFile(file, 'utf8');
    return text.length > MOST_BYTES ? undefined : { file, text };
  } catch {
    return undefined;
  }
}

/** The lines around a place that a stack names. */
export async function sourceAround(
  name: string,
  line: number,
  root: string = process.cwd(),
): Promise<SourceLines | undefined> {
  const source = await sourceFile(name, root);
  if (!source) return undefined;
  const all = source.text.split('\n');
  if (!(line >= 1 && line <= all.length)) return undefined;
  const from = Math.max(1, line - AROUND);
  return { file: source.file, from, lines: all.slice(from - 1, line + AROUND).map((one) => one.slice(0, MOST_CHARS)) };
}
