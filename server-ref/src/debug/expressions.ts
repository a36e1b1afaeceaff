/**
 * The expressions of a template as they are written, or nothing when it does not stand in this source. A template knows its
 * text and its values, and nothing of what is between the braces; its text finds it.
 *
 * @param strings  as written, escapes and all
 */
export function expressionsIn(source: string, strings: readonly string[]): string[] | undefined {
  const text = source.replaceAll('\r\n', '\n');
  const opening = `\`${strings[0]}`;
  for (let at = text.indexOf(opening); at >= 0; at = text.indexOf(opening, at + 1)) {
    const found = readFrom(text, at + opening.length, strings);
    if (found) return found;
  }
  return undefined;
}

function readFrom(text: string, start: number, strings: readonly string[]): string[] | undefined {
  const found: string[] = [];
  let at = start;
  for (const next of strings.slice(1)) {
    if (!text.startsWith('${', at)) return undefined;
    const end = endOf(text, at + 2);
    if (end === undefined || !text.startsWith(next, end + 1)) return undefined;
    found.push(
      text
        .slice(at + 2, end)
        .trim()
        .replace(/\s+/g, ' '),
    );
    at = end + 1 + next.length;
  }
  return text[at] === '`' ? found : undefined;
}

/** An expression longer than that is none. */
const MOST = 20_000;

/** Where the brace closes that an expression stands in: past strings, comments, templates and braces of its own. */
function endOf(text: string, start: number): number | undefined {
  let depth = 0;
  for (let at = start; at < text.length && at - start < MOST; at++) {
    const sign = text[at];
    if (sign === '{') depth++;
    else if (sign === '}' && depth-- === 0) return at;
    else if (sign === '"' || sign === "'") at = endOfText(text, at);
    else if (sign === '`') at = endOfTemplate(text, at);
    else if (text.startsWith('//', at)) at = indexOr(text, '\n', at);
    else if (text.startsWith('/*', at)) at = indexOr(text, '*/', at + 2);
  }
  return undefined;
}

function endOfText(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === text[start] || text[at] === '\n') return at;
  }
  return text.length;
}

function endOfTemplate(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '`') return at;
    else if (text.startsWith('${', at)) at = endOf(text, at + 2) ?? text.length;
  }
  return text.length;
}

function indexOr(text: string, wanted: string, from: number): number {
  const at = text.indexOf(wanted, from);
  return at < 0 ? text.length : at;
}
