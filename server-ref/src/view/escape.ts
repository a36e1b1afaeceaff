/**
 * Escaping by position. Each function takes any text and answers what is safe exactly there. A carriage return is
 * escaped because a parser would turn it into a line feed, while an operation brings it as it is.
 */

const TEXT = /[&<>\u00a0\r]/g;
const ATTRIBUTE = /[&"<>\u00a0\r]/g;
const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\u00a0': '&nbsp;',
  '\r': '&#13;',
};

const entity = (char: string): string => ENTITIES[char] ?? char;

/** For text between tags, `<textarea>` and `<title>` included. */
export function escapeText(text: string): string {
  return TEXT.test(text) ? text.replace(TEXT, entity) : text;
}

/** For a double-quoted attribute value. */
export function escapeAttribute(text: string): string {
  return ATTRIBUTE.test(text) ? text.replace(ATTRIBUTE, entity) : text;
}

const URL_ATTRIBUTES = new Set([
  'href',
  'src',
  'action',
  'formaction',
  'poster',
  'data',
  'cite',
  'background',
  'ping',
  'manifest',
  'xlink:href',
  // An animation can set the href of a link.
  'to',
  'from',
  'by',
  'values',
]);

/** What runs code when it is followed; `data:` can hold a page, so only images may use it. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: browsers skip control characters inside a scheme
const SCHEME = /^[\u0000-\u0020]*((?:[a-z][\u0009\u000a\u000d]*)+):/i;

export function isUrlAttribute(name: string): boolean {
  return URL_ATTRIBUTES.has(name);
}

/** Would following this URL run code, or open a page that we did not serve under our own origin? */
export function isUnsafeUrl(url: string): boolean {
  const match = SCHEME.exec(url);
  const scheme = match?.[1]?.replace(/[\t\n\r]/g, '').toLowerCase();
  if (scheme === 'javascript' || scheme === 'vbscript') return true;
  return scheme === 'data' && !/^image\/(?!svg)[a-z+.-]+[;,]/i.test(url.slice(match?.[0].length));
}

/** Like `isUnsafeUrl`, for attributes that hold several URLs too. */
export function isUnsafeIn(name: string, value: string): boolean {
  return name === 'values' ? value.split(';').some(isUnsafeUrl) : isUnsafeUrl(value);
}

/** A value inside a `style` attribute may not start another rule or load anything. */
export function isUnsafeStyle(text: string): boolean {
  return /[{}<>\\]|(?:url|src|image|image-set|cross-fade|expression)\s*\(|@import/i.test(text);
}
