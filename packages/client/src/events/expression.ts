import type { Json } from '@djust/protocol';

/** What a dj-* attribute asks for. */
export interface Expression {
  name: string;
  args: Json[];
  /** Behind the name: `enter` in `save.enter`. */
  suffix: string;
}

const CALL = /^\s*([a-zA-Z_]\w*)(?:\.([\w-]+))?\s*(?:\((.*)\))?\s*$/s;
const ESCAPES: Record<string, string> = { n: '\n', t: '\t', r: '\r' };

/** `name`, `name.enter`, `name(1, "two", true)` → its parts; nothing when there is no name. @see wire spec 3.2 */
export function parseExpression(text: string): Expression | undefined {
  const match = CALL.exec(text);
  if (!match) return undefined;
  const [, name = '', suffix = '', list] = match;
  return { name, suffix, args: list === undefined ? [] : splitArguments(list).map(literal) };
}

/** Splits at commas outside of quotes. */
function splitArguments(list: string): string[] {
  const parts: string[] = [];
  let part = '';
  let quote = '';
  for (let at = 0; at < list.length; at++) {
    const char = list[at] as string;
    if (quote && char === '\\') {
      part += char + (list[++at] ?? '');
      continue;
    }
    if (quote ? char === quote : char === '"' || char === "'") quote = quote ? '' : char;
    if (char === ',' && !quote) {
      parts.push(part);
      part = '';
    } else {
      part += char;
    }
  }
  return [...parts, part].map((text) => text.trim()).filter((text) => text !== '');
}

function literal(text: string): Json {
  if (/^(["']).*\1$/s.test(text) && text.length > 1) {
    return text.slice(1, -1).replace(/\\(.)/gs, (_, char: string) => ESCAPES[char] ?? char);
  }
  if (text === 'true') return true;
  if (text === 'false') return false;
  if (text === 'null') return null;
  return /^-?(\d+\.?\d*|\.\d+)$/.test(text) ? Number(text) : text;
}
