import { isExpired, isReplaced, readPolicy, refusal } from '@djust/outbox';
import { faultOf, LIMITS } from '@djust/protocol';
import type { Feature } from '../context.ts';
import type { Durable } from '../lib/durable.ts';

/**
 * `dj-outbox` on an element, or around it, says what becomes of its events while there is no connection: `queue` (they wait),
 * `drop`, `latest`, `coalesce:param`, `confirm`. `dj-outbox-seconds` says how long they are worth sending.
 */
export const waiting: Feature = {
  name: 'waiting',
  install({ clock, emit, features, isLive, root }) {
    const { session } = (features.get('durable') as Durable | undefined) ?? {};
    if (!session) return;
    const expire = (): void => session.refuse((entry) => isExpired(entry, Date.now()), 'outbox/expired');
    session.rule = (element, event, params) => {
      const said = (name: string): string => (element ?? root())?.closest(`[${name}]`)?.getAttribute(name) ?? '';
      const { policy, key } = readPolicy(said('dj-outbox'), event, params);
      const isLate = !isLive();
      if (isLate && policy === 'drop') {
        emit('djust:error', { ...faultOf('outbox/dropped', event), message: 'Not connected. Please try again later.' });
        return 'outbox/dropped';
      }
      session.refuse((entry) => isReplaced(entry, key), 'outbox/replaced');
      const ms = Number(said('dj-outbox-seconds')) * 1_000 || LIMITS.outboxMs;
      // Timers do not reach further than 24 days.
      if (isLate && ms < LIMITS.outboxMs) clock.after(ms, expire);
      const question =
        policy === 'confirm' ? said('dj-confirm') || `Not connected until now. Send "${event}"?` : undefined;
      return { policy, key, expiresAt: Date.now() + ms, question, isLate };
    };
    session.check = (entry) => refusal(entry, { now: Date.now(), ask: (question) => confirm(question) });
  },
};
