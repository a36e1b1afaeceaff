import { readPolicy } from '@djust/outbox';
import { LIMITS } from '@djust/protocol';
import type { Feature } from '../context.ts';
import { checkRule, type Durable } from '../lib/durable.ts';
import { PATIENCE_MS } from '../lib/patience.ts';

/**
 * `dj-outbox` on an element, or around it, says what becomes of its events while there is no connection: `queue` (they wait),
 * `drop`, `latest`, `coalesce:param`, `confirm`. Beside it `dj-outbox-seconds` says how long they are worth sending. How many
 * wait stands in the notice that there is no connection.
 */
export const waiting: Feature = {
  name: 'waiting',
  install({ clock, features, isLive, on, root }) {
    const { session } = (features.get('durable') as Durable | undefined) ?? {};
    if (!session) return;
    session.check = checkRule;
    session.rule = (element, event, params) => {
      const said = (name: string): string => (element ?? root())?.closest(`[${name}]`)?.getAttribute(name) ?? '';
      const { policy, key } = readPolicy(said('dj-outbox'), event, params);
      const isLate = !isLive();
      if (isLate && policy === 'drop') return 'outbox/dropped';
      if (key) session.refuse(({ rule }) => rule?.key === key, 'outbox/replaced');
      // No timer waits for longer than 25 days; one that should fires at once.
      const ms = Math.min(+said('dj-outbox-seconds') * 1_000, LIMITS.outboxMs);
      const question = policy === 'confirm' ? said('dj-confirm') || `${event}?` : '';
      const mine = { policy, key, expiresAt: Date.now() + (ms || LIMITS.outboxMs), question, isLate };
      if (isLate && ms) clock.after(ms, () => session.refuse(({ rule }) => rule === mine, 'outbox/expired'));
      return mine;
    };

    const count = document.createElement('span');
    const show = (): void => {
      const { openEvents } = session;
      count.textContent = openEvents ? ` ${openEvents} action${openEvents > 1 ? 's' : ''} waiting.` : '';
      document.getElementById('dj-connection')?.append(count);
    };
    on('djust:event-queued', show);
    on('djust:event-settled', show);
    // The notice is put up just before.
    on('djust:phase-changed', () => clock.after(PATIENCE_MS, show));
  },
};
