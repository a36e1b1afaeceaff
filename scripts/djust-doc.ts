import { readFileSync } from 'node:fs';
import { command, Refusal } from './command.ts';
import { writeMeasured } from './measured.ts';
import { fromRoot } from './root.ts';

/** What e2e/djust/compare wrote. */
export interface Comparison {
  djust: string;
  cases: { name: string; trap: string }[];
  stock: Findings;
  ours: Findings;
}

interface Findings {
  min: number;
  gzip: number;
  patchMs: Record<string, number>;
  passed: string[];
}

const WHAT: Record<string, string> = {
  touch: 'new text in 10 of 1,000 rows',
  swap: 'two of 1,000 rows change places',
  add: 'a row in front of 1,000',
  reverse: '1,000 rows the other way round',
};

/** `node scripts/bootstrap.mjs djust-doc`: brings the figures of the last comparison into docs/djust.md. */
await command(import.meta.url, async () => {
  const report = readReport();
  writeMeasured('docs/djust.md', tables(report));
  console.log(`docs/djust.md has the figures for djust ${report.djust}.`);
});

function readReport(): Comparison {
  try {
    return JSON.parse(readFileSync(fromRoot('reports/djust-compare.json'), 'utf8')) as Comparison;
  } catch {
    throw new Refusal('There is no comparison yet. Run `npm run e2e:djust -- compare` first.');
  }
}

export function tables({ djust, cases, stock, ours }: Comparison): string {
  const ms = (value: number | undefined): string => `${(value ?? 0).toFixed(1)} ms`;
  const bytes = (value: number): string => value.toLocaleString('en');
  const mark = ({ passed }: Findings, name: string): string => (passed.includes(name) ? 'right' : '**wrong**');
  return [
    `Both clients, one run, the same clicks, djust ${djust}, Chromium. Times are from the arrival of a frame to the last change`,
    'of the document, the median of nine rounds, on one small machine: compare them with each other, not with others.',
    '',
    '| | stock client | this client |',
    '|---|--:|--:|',
    `| scripts of a page, minified | ${bytes(stock.min)} B | ${bytes(ours.min)} B |`,
    `| the same after gzip -9 | ${bytes(stock.gzip)} B | ${bytes(ours.gzip)} B |`,
    ...Object.entries(WHAT).map(([key, what]) => `| ${what} | ${ms(stock.patchMs[key])} | ${ms(ours.patchMs[key])} |`),
    '',
    '| what a user sees | trap | stock client | this client |',
    '|---|---|---|---|',
    ...cases.map(({ name, trap }) => `| ${name} | ${trap} | ${mark(stock, name)} | ${mark(ours, name)} |`),
    `| **right** | | ${stock.passed.length} of ${cases.length} | ${ours.passed.length} of ${cases.length} |`,
  ].join('\n');
}
