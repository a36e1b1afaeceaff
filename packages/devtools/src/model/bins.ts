import type { DebugEvent } from './entries.ts';

/** How many events were made in equal pieces of time, and whether one of them failed. */
export interface Bins {
  readonly from: number;
  readonly to: number;
  readonly counts: readonly number[];
  readonly failed: readonly boolean[];
}

export function binsOf(events: readonly DebugEvent[], pieces: number): Bins {
  const from = events[0]?.createdAt ?? 0;
  const to = Math.max(from + 1_000, events.at(-1)?.createdAt ?? 0);
  const counts = new Array<number>(pieces).fill(0);
  const failed = new Array<boolean>(pieces).fill(false);
  for (const { createdAt, status } of events) {
    const at = Math.min(pieces - 1, Math.max(0, Math.floor((pieces * (createdAt - from)) / (to - from))));
    counts[at] = (counts[at] ?? 0) + 1;
    if (status === 'error' || status === 'rejected') failed[at] = true;
  }
  return { from, to, counts, failed };
}

/** A query with another range of time; without one, the whole time. */
export function withRange(query: string, range?: readonly [since: number, until: number]): string {
  const rest = query.replace(/(?:^|\s)-?(?:since|until):\S*/g, '').trim();
  return range ? `${rest} since:${Math.floor(range[0])} until:${Math.ceil(range[1])}`.trim() : rest;
}
