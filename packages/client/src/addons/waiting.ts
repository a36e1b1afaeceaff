import { readPolicy, refusal } from '@djust/outbox';
import { LIMITS } from '@djust/protocol';
import type { Feature } from '../context.ts';
import type { Durable } from '../lib/durable.ts';

/**
 * `dj-outbox` on an element, or around it, says what becomes of its events while there is no connection: `queue` (they wait),
 * `drop`, `latest`, `coalesce:param`, `confirm`. Beside it `dj-outbox-seconds` says how long they are worth sending.
 */
export const waiting: Feature = {
  name: 'waiting',
  install({ clock, emit, features, isLive, root }) {
    const { session } = (features.get('durable') as Durable | undefined) ?? {};
    if (!session) return;
    session.check = (entry) => refusal(entry, { now: Date.now(), ask: confirm });
    session.rule = (element, event, params) => {
      const said = (name: string): string => (element ?? root())?.closest(`[${name}]`)?.getAttribute(name) ?? '';
      const { policy, key } = readPolicy(said('dj-outbox'), event, params);
      const isLate = !isLive();
      if (isLate && policy === 'drop') {
        emit('djust:error', { code: 'outbox/dropped', at: event });
        return 'outbox/dropped';
      }
      if (key) session.refuse(({ rule }) => rule?.key === key, 'outbox/replaced');
      const ms = +said('dj-outbox-seconds') * 1_000;
      if (isLate && ms)
        clock.after(ms, () => session.refuse((entry) => !!refusal(entry, { now: Date.now() }), 'outbox/expired'));
      const question = policy === 'confirm' ? said('dj-confirm') || `${event}?` : '';
      return { policy, key, expiresAt: Date.now() + (ms || LIMITS.outboxMs), question, isLate };
    };
  },
};
