/**
 * The white space of a template's source is for its author. What holds a line break becomes one space between two
 * nodes, and nothing at the edges of an element or between the parts of a table. Text that shows its spaces is left as
 * it is, and so is white space without a line break.
 */
const KEEPS = new Set(['pre', 'textarea', 'code', 'script', 'style', 'listing']);
const IGNORES = new Set([
  'table',
  'thead',
  'tbody',
  'tfoot',
  'tr',
  'colgroup',
  'select',
  'optgroup',
  'datalist',
  'html',
  'head',
]);

const BREAK = /[ \t\r\f]*\n[ \t\r\n\f]*/g;

/**
 * Tidies one run of text and values (numbers), at the start of its element, its end, or between.
 * @param parents  names of the elements around the run, from the inside out
 */
export function tidy(
  pieces: readonly (string | number)[],
  parents: readonly string[],
  isFirst: boolean,
  isLast: boolean,
): (string | number)[] {
  if (parents.some((name) => KEEPS.has(name))) return [...pieces];
  const drops = IGNORES.has(parents[0] ?? '');
  const tidied = pieces.map((piece, index) => {
    if (typeof piece === 'number') return piece;
    let text = piece.replace(BREAK, drops ? '' : '\n');
    if (isFirst && index === 0) text = text.replace(/^\n/, '');
    if (isLast && index === pieces.length - 1) text = text.replace(/\n$/, '');
    return text.replaceAll('\n', ' ');
  });
  return tidied.filter((piece) => piece !== '');
}
