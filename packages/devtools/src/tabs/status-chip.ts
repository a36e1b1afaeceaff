import type { DebugEvent } from '../model/entries.ts';
import { h } from '../ui/dom.ts';

const KINDS = { ok: 'good', error: 'bad', rejected: 'bad', dropped: 'warn', queued: 'warn', sent: 'warn' } as const;

export function statusChip({ status, applied, replayed }: DebugEvent): HTMLElement {
  const text = status === 'ok' && !applied ? 'no change' : status;
  return h(`span.chip.${KINDS[status]}`, {}, replayed ? `${text} ↻` : text);
}
