import { CAPS } from './model/caps.ts';
import type { HeldTrace, TraceStore } from './model/trace-store.ts';

const KEY = 'djust:devtools:trace:v1';

/** Leaves what was seen to the next page of this tab. What does not fit is cut at the old end. */
export function storeTrace(store: TraceStore, storage: Pick<Storage, 'setItem' | 'removeItem'> | undefined): void {
  const { events, frames, transitions, pages } = store.held;
  for (let share = 1; share > 0.01; share /= 2) {
    const newest = <T>(items: readonly T[]): readonly T[] => items.slice(-Math.ceil(items.length * share));
    const held: HeldTrace = { events: newest(events), frames: newest(frames), transitions: newest(transitions), pages };
    const text = JSON.stringify(held);
    if (text.length > CAPS.storedChars) continue;
    try {
      storage?.setItem(KEY, text);
      return;
    } catch {
      // Others use the same storage; half of it may fit.
    }
  }
  storage?.removeItem(KEY);
}

/** What an earlier page of this tab left, to be restored. */
export const leftTrace = (storage: Pick<Storage, 'getItem'> | undefined): string | undefined =>
  storage?.getItem(KEY) ?? undefined;

/** Takes what an earlier page left. It lay where any script could write, so it is checked like a file. */
export async function restoreTrace(store: TraceStore, text: string): Promise<void> {
  const { readHeld } = await import('./model/held.ts');
  try {
    const held = readHeld(JSON.parse(text));
    if (held.ok) store.restore(held.value);
  } catch {
    // Nothing to go on from.
  }
}
