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

/** Tidies one run of text and values (numbers) inside the element `parent`, at its start, its end, or between. */
export function tidy(
  pieces: readonly (string | number)[],
  parent: string,
  isFirst: boolean,
  isLast: boolean,
): (string | number)[] {
  if (KEEPS.has(parent)) return [...pieces];
  const drops = IGNORES.has(parent);
  const tidied = pieces.map((piece, index) => {
    if (typeof piece === 'number') return piece;
    let text = piece.replace(BREAK, drops ? '' : '\n');
    if (isFirst && index === 0) text = text.replace(/^\n/, '');
    if (isLast && index === pieces.length - 1) text = text.replace(/\n$/, '');
    return text.replaceAll('\n', ' ');
  });
  return tidied.filter((piece) => piece !== '');
}
