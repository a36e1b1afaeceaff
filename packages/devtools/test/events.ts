import type { DebugEvent, Status } from '../src/model/entries.ts';
import { seeded } from '../src/simulator.ts';

export const NOW = 1_700_000_000_000;

export const anEvent = (fields: Partial<DebugEvent> = {}): DebugEvent => ({
  id: 1,
  page: 1,
  view: 'shop.cart',
  name: 'save',
  params: {},
  element: '',
  status: 'ok',
  createdAt: NOW,
  ...fields,
});

const NAMES = ['save', 'save_all', 'remove', 'add', 'show', 'reset'];
const STATUSES: readonly Status[] = ['ok', 'error', 'rejected', 'dropped', 'queued', 'sent'];

/** Events of every kind, the same for the same seed. */
export function someEvents(count: number, seed = 1): DebugEvent[] {
  const random = seeded(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  return Array.from({ length: count }, (_, at) => {
    const createdAt = NOW - random() * 600_000;
    const took = random() * 200;
    const isApplied = random() < 0.6;
    return anEvent({
      id: at + 1,
      ref: at + 1,
      page: 1 + Math.floor(random() * 3),
      name: pick(NAMES),
      view: pick(['shop.cart', 'shop.form']),
      status: pick(STATUSES),
      createdAt,
      answeredAt: createdAt + took,
      ...(isApplied && {
        appliedAt: createdAt + took,
        applied: {
          version: at,
          ops: 3,
          bytes: random() * 20_000,
          tookMs: random() * 20,
          touched: 1,
          added: 0,
          removed: 0,
        },
      }),
      ...(random() < 0.1 && { replayed: true }),
    });
  });
}
