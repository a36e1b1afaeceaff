import { CAPS } from './model/caps.ts';
import type { HeldTrace, TraceStore } from './model/trace-store.ts';

const KEY = 'djust:devtools:trace:v2';

/** What lies between two pages of a tab. */
export interface Left {
  /** What was seen on pages that are over, packed; it does not change any more. */
  readonly past: string;
  /** What the page saw that wrote this. */
  readonly own: HeldTrace;
}

/**
 * Leaves what was seen to the next page of this tab. A page that ends waits for nobody, so what it saw itself is written as
 * it is; what earlier pages saw was packed while there was time. What does not fit is cut at the old end.
 */
export function storeTrace(
  { held, past }: TraceStore,
  storage: Pick<Storage, 'setItem' | 'removeItem'> | undefined,
): void {
  const tries = [...(past.text ? [[past.text, 1] as const] : []), ...SHARES.map((share) => ['', share] as const)];
  for (const [packed, share] of tries) {
    const newest = <T extends { readonly page: number }>(items: readonly T[]): readonly T[] =>
      items.filter((item) => item.page > past.page).slice(-Math.ceil(items.length * share));
    const { events, frames, transitions, pages } = held;
    const own = {
      events: newest(events),
      frames: newest(frames),
      transitions: newest(transitions),
      pages: newest(pages),
    };
    const text = JSON.stringify({ past: packed, own } satisfies Left);
    if (text.length > CAPS.storedChars) continue;
    try {
      storage?.setItem(KEY, text);
      return;
    } catch {
      // Others use the same storage; less of it may fit.
    }
  }
  storage?.removeItem(KEY);
}

const SHARES = [1, 1 / 2, 1 / 4, 1 / 8, 1 / 16, 1 / 32];

/** What an earlier page of this tab left, to be restored. */
export const leftTrace = (storage: Pick<Storage, 'getItem'> | undefined): string | undefined =>
  storage?.getItem(KEY) ?? undefined;
