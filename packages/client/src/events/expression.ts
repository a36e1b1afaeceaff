import type { Json } from '@djust/protocol';

/** What a dj-* attribute asks for. */
export interface Expression {
  name: string;
  args: Json[];
  /** Behind the name: `enter` in `save.enter`. */
  suffix: string;
}

const CALL = /^\s*([a-zA-Z_]\w*)(?:\.([\w-]+))?\s*(?:\((.*)\))?\s*$/s;
/** Up to a comma outside of quotes. */
const ARGUMENT = /(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|["'].*|[^,])+/gs;
const trim = (text: string): string => text.trim();
const ESCAPES: Record<string, string> = { n: '\n', t: '\t', r: '\r' };

/** `name`, `name.enter`, `name(1, "two", true)` → its parts; nothing when there is no name. @see wire spec 3.2 */
export function parseExpression(text: string): Expression | undefined {
  const match = CALL.exec(text);
  if (!match) return undefined;
  const [, name = '', suffix = '', list] = match;
  return { name, suffix, args: (list?.match(ARGUMENT) ?? []).map(trim).filter(Boolean).map(literal) };
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
