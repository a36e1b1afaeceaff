/**
 * When is well-nested markup exactly the tree that a browser makes of it? HTML's parser closes, moves and adds elements
 * on its own; these rules know where it does, and send anything doubtful to the real parser. They err on the side of
 * doubt.
 */

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));

/** Never here: the parser treats them in ways of their own. */
const SPECIAL = words(
  'html head body frame frameset template noscript image isindex plaintext listing xmp applet marquee object nobr rb rp rt rtc math noembed noframes iframe',
);

/** Close an open <p>. */
const CLOSES_P = words(
  'address article aside blockquote center details dialog dir div dl fieldset figcaption figure footer header hgroup main menu nav ol p search section summary ul pre form h1 h2 h3 h4 h5 h6 table hr li dd dt',
);

/** Not inside of themselves, at any depth. */
const NOT_NESTED = words('a button form p option');

/** Child → its only possible parents; a child that is not listed may stand anywhere but in TABLE_PARTS. */
const PARENTS: Record<string, ReadonlySet<string>> = {
  caption: words('table'),
  colgroup: words('table'),
  thead: words('table'),
  tbody: words('table'),
  tfoot: words('table'),
  tr: words('thead tbody tfoot'),
  td: words('tr'),
  th: words('tr'),
  col: words('colgroup'),
  li: words('ul ol menu'),
  dt: words('dl'),
  dd: words('dl'),
  option: words('select optgroup datalist'),
  optgroup: words('select'),
};

/** Parent → its only possible children. */
const CHILDREN: Record<string, ReadonlySet<string>> = {
  table: words('caption colgroup thead tbody tfoot'),
  thead: words('tr'),
  tbody: words('tr'),
  tfoot: words('tr'),
  tr: words('td th'),
  colgroup: words('col'),
  select: words('option optgroup hr'),
  optgroup: words('option'),
  option: words(''),
};

const HEADING = /^h[1-6]$/;

/** Elements whose text is not markup. */
export const RAW_TEXT: ReadonlySet<string> = words('script style textarea title');

/** Blank text between the parts of a table or the options of a select means nothing; other text would be moved. */
export const isPartsOnly = (tag: string): boolean => tag in CHILDREN && tag !== 'option';

/**
 * May the parser be trusted to leave this element where it stands?
 * @param open  how often each element is open, by tag
 */
export function isPlain(tag: string, parent: string, open: ReadonlyMap<string, number>): boolean {
  if (SPECIAL.has(tag)) return false;
  const parents = PARENTS[tag];
  if (parents && !parents.has(parent)) return false;
  const children = CHILDREN[parent];
  if (children && !children.has(tag)) return false;
  if (NOT_NESTED.has(tag) && (open.get(tag) ?? 0) > 0) return false;
  if (CLOSES_P.has(tag) && (open.get('p') ?? 0) > 0) return false;
  return !(HEADING.test(tag) && HEADING.test(parent));
}
