import { isSignificant } from '@djust/protocol';

const COMMON: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: '\u00a0' };
const ENTITY = /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]+));/gi;

/** Decodes the references that template engines write; undefined when there is another ampersand. */
export function decodeEntities(text: string): string | undefined {
  if (!text.includes('&')) return text;
  let isKnown = true;
  const decoded = text.replace(ENTITY, (match: string, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) {
      const char = COMMON[name];
      if (char === undefined) isKnown = false;
      // A decoded ampersand must not look like one that was missed.
      return char === '&' ? AMPERSAND : (char ?? match);
    }
    const code = decimal === undefined ? Number.parseInt(hex as string, 16) : Number.parseInt(decimal, 10);
    // Below U+00A0 and for surrogates the standard has exceptions.
    if ((code < 0x20 && code !== 9 && code !== 10) || (code > 0x7e && code < 0xa0) || code > 0xd7ff) isKnown = false;
    return code === 38 ? AMPERSAND : String.fromCharCode(code);
  });
  if (!isKnown || decoded.includes('&') || text.includes(AMPERSAND)) return undefined;
  return decoded.replaceAll(AMPERSAND, '&');
}

const SPACE = 32;
const AMPERSAND = '\ue001';

/** Does this text take part in child indexes, under a parent of this name? */
export function isCounted(text: string, parent: string): boolean {
  if (text === '') return false;
  if (text.charCodeAt(0) > SPACE) return true;
  const parentNode = { nodeType: 1, nodeName: parent, nodeValue: null, parentNode: null };
  return isSignificant({ nodeType: 3, nodeName: '#text', nodeValue: text, parentNode });
}

/** V8 copies what is shorter. */
const MIN_SLICE = 13;

/**
 * A piece of a page that will outlive it. A slice keeps all that it was cut from, and a tree whose rows came with a
 * hundred pages would keep a hundred pages; cut from a text of its own it keeps just that.
 */
export const detached = (slice: string): string => (slice.length < MIN_SLICE ? slice : ` ${slice}`.slice(1));
