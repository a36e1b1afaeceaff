import { type Driver, type Held, QuotaError } from './store.ts';

/** A browser gives a site about 5 MB, which all of its scripts share, and writing blocks the page. */
const MAX_BYTES = 5_242_880;
const MAX_VALUE_BYTES = 65_536;

/** Small values only. What is no JSON (dates, maps, bytes) is refused and not changed in silence. */
export function localDriver(id: string, storage: Storage): Driver {
  const prefix = `${id}:`;
  const own = (): string[] =>
    Array.from({ length: storage.length }, (_, at) => storage.key(at) ?? '').filter((key) => key.startsWith(prefix));
  const bytesOf = (keys: readonly string[]): number =>
    keys.reduce((sum, key) => sum + 2 * (key.length + (storage.getItem(key)?.length ?? 0)), 0);
  return {
    name: 'localStorage',
    read: async (key) => decode(storage.getItem(prefix + key)),
    async readAll() {
      return own().flatMap((key) => {
        const held = decode(storage.getItem(key));
        return held ? [[key.slice(prefix.length), held] as [string, Held]] : [];
      });
    },
    async write(changes) {
      const texts = changes.map(([key, held]) => [prefix + key, held && encode(held)] as const);
      const before = texts.map(([key]) => [key, storage.getItem(key)] as const);
      try {
        for (const [key, text] of texts) put(storage, key, text);
        if (bytesOf(own()) > MAX_BYTES) throw new QuotaError('more than 5 MB');
      } catch (error) {
        // All or nothing: first what makes room, then what was there.
        for (const [key] of before) storage.removeItem(key);
        for (const [key, text] of before) put(storage, key, text);
        throw error instanceof QuotaError ? error : new QuotaError('the browser refused it', { cause: error });
      }
    },
  };
}

function put(storage: Storage, key: string, text: string | null): void {
  if (text === null) storage.removeItem(key);
  else storage.setItem(key, text);
}

function encode({ value, until }: Held): string {
  const text = JSON.stringify({ value, until: Number.isFinite(until) ? until : null });
  if (!isJson(value)) throw new TypeError('localStorage keeps JSON only; use the idb driver');
  if (text.length * 2 > MAX_VALUE_BYTES) throw new QuotaError('a value of more than 64 KB');
  return text;
}

function isJson(value: unknown): boolean {
  if (value === null || ['string', 'boolean'].includes(typeof value)) return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (Array.isArray(value)) return value.every(isJson);
  if (typeof value !== 'object') return false;
  const prototype = Object.getPrototypeOf(value);
  return (prototype === Object.prototype || prototype === null) && Object.values(value).every(isJson);
}

/** Nothing when it was not written by us. */
function decode(text: string | null): Held | undefined {
  if (text === null) return undefined;
  try {
    const { value, until } = JSON.parse(text) as { value: unknown; until: number | null };
    return { value, until: until ?? Number.POSITIVE_INFINITY };
  } catch {
    return undefined;
  }
}
