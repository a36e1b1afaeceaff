/** The operations of js-framework-benchmark on plain data. Each is a function of what it is given: no chance, no clock. */
export type Row = { id: number; label: string };

export const MOST_ROWS = 20_000;

const ADJECTIVES =
  'pretty large big small tall short long handsome plain quaint clean elegant easy angry crazy helpful mushy odd'.split(
    ' ',
  );
const COLOURS = 'red yellow blue green pink brown purple white black orange'.split(' ');
const NOUNS = 'table chair house bbq desk car pony cookie sandwich burger pizza mouse keyboard'.split(' ');

/** Scrambles a number, so that neighbours get different labels and each always gets the same one. */
function scramble(seed: number): number {
  let bits = Math.imul(seed ^ (seed >>> 16), 0x45d9f3b);
  bits = Math.imul(bits ^ (bits >>> 16), 0x45d9f3b);
  return (bits ^ (bits >>> 16)) >>> 0;
}

function labelOf(id: number): string {
  const bits = scramble(id);
  const pick = (words: readonly string[], shift: number): string => words[(bits >>> shift) % words.length] as string;
  return `${pick(ADJECTIVES, 0)} ${pick(COLOURS, 8)} ${pick(NOUNS, 16)}`;
}

/** Rows `firstId`, `firstId + 1`, … */
export const makeRows = (count: number, firstId: number): Row[] =>
  Array.from({ length: count }, (_, at) => ({ id: firstId + at, label: labelOf(firstId + at) }));

/** The first of every `every` rows gets a longer label; the others stay the very same objects. */
export const updated = (rows: readonly Row[], every: number): Row[] =>
  rows.map((row, at) => (at % every === 0 ? { ...row, label: `${row.label} !!!` } : row));

/** The second row changes places with the last but one: 2 and 999 of a thousand. */
export function swapped(rows: readonly Row[]): Row[] {
  const [a, b] = [rows[1], rows.at(-2)];
  return a && b && rows.length > 3 ? rows.with(1, b).with(-2, a) : [...rows];
}

export function shuffled(rows: readonly Row[], seed: number): Row[] {
  const order = rows.map((row) => ({ row, place: scramble(row.id * 31 + seed) }));
  return order.sort((a, b) => a.place - b.place).map(({ row }) => row);
}
