import type { Machine, Report } from './report.ts';
import { type Table, tablesOf } from './tables.ts';

/** For a terminal: columns that line up. */
export function asText(report: Report): string {
  return [...tablesOf(report).map(textTable), ...notesOf(report)].join('\n\n');
}

/** For docs/performance.md. */
export function asMarkdown(report: Report): string {
  const { machine, rounds, seed } = report;
  const head = `${rounds} rounds, seed ${seed}; ${sayMachine(machine)}.`;
  return [head, ...tablesOf(report).map(markdownTable), ...notesOf(report)].join('\n\n');
}

export function sayMachine({ cpu, cores, memoryGb, os, chromium, node }: Machine): string {
  const browser = chromium ? `Chromium ${chromium}, ` : '';
  return `${cpu}, ${cores} cores, ${memoryGb} GB, ${os}; ${browser}Node ${node}`;
}

function textTable({ title, rows }: Table): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  '),
  );
  return [title, ...lines].join('\n');
}

export function markdownTable({ title, rows: [head = [], ...rows] }: Table): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rule = head.map((_, column) => (column === 0 ? '---' : '---:'));
  return [`### ${title}`, '', line(head), line(rule), ...rows.map(line)].join('\n');
}

function notesOf({ notes }: Report): string[] {
  const lines = notes.flatMap(({ id, candidate, wrong, lost }) => [
    ...(wrong ? [`✗ ${id}, ${candidate}: the document is wrong (${wrong}).`] : []),
    ...(lost ? [`† ${id}, ${candidate}: the user loses ${lost}.`] : []),
  ]);
  return lines.length > 0 ? [lines.join('\n')] : [];
}
