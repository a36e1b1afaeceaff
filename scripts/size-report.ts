import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

/** What one production bundle weighs, in bytes. */
export interface BundleSize {
  file: string;
  min: number;
  gzip: number;
  brotli: number;
  limitGzip: number;
}

/** Rendered length of each module, before minifying. */
export type ModuleLengths = Record<string, number>;

/** What scripts/size-baseline.json remembers, by bundle. */
export type Baseline = Record<string, { gzip: number; modules: ModuleLengths }>;

export function measure(file: string, code: Buffer, limitGzip: number): BundleSize {
  const brotli = brotliCompressSync(code, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
  return { file, min: code.length, gzip: gzipSync(code, { level: 9 }).length, brotli, limitGzip };
}

export function sizeTable(sizes: readonly BundleSize[], baseline: Baseline): string[] {
  const rows = sizes.map(({ file, min, gzip, brotli, limitGzip }) => {
    const before = baseline[file]?.gzip;
    const change = before === undefined || before === gzip ? '' : signed(gzip - before);
    return [
      file,
      `${min}`,
      `${gzip}`,
      `${brotli}`,
      `${limitGzip}`,
      gzip > limitGzip ? `over by ${gzip - limitGzip}` : '',
      change,
    ];
  });
  return align([['bundle', 'min', 'gzip', 'brotli', 'limit', '', 'since baseline'], ...rows]);
}

/** The modules of a bundle, longest first, each with what it gained or lost since the baseline. */
export function moduleTable(now: ModuleLengths, before: ModuleLengths | undefined): string[] {
  const gone = Object.keys(before ?? {}).filter((name) => !(name in now));
  const rows = [...Object.entries(now), ...gone.map((name): [string, number] => [name, 0])]
    .sort((a, b) => b[1] - a[1])
    .map(([name, length]) => {
      const change = before ? length - (before[name] ?? 0) : 0;
      return [`  ${name}`, `${length}`, change === 0 ? '' : signed(change)];
    });
  return align([['  module', 'length', before ? 'since baseline' : ''], ...rows]);
}

/** Development texts that a production bundle contains. */
export function findDevTexts(code: string, texts: readonly string[]): string[] {
  return texts.filter((text) => code.includes(longestPlainPart(text)));
}

/** The part of a text that no minifier writes differently: without quotes, escapes and characters beyond ASCII. */
export function longestPlainPart(text: string): string {
  const parts = text.split(/[^ -~]|["'`\\$]/);
  return parts.reduce((longest, part) => (part.length > longest.length ? part : longest), '');
}

const signed = (bytes: number): string => (bytes > 0 ? `+${bytes}` : `${bytes}`);

function align(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => {
    const cells = row.map((cell, column) =>
      column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
    );
    return cells.join('  ').trimEnd();
  });
}
