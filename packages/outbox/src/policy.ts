import type { JsonObject } from '@djust/protocol';
import type { KeptEvent, Policy, Refusal } from './durable-queue.ts';

/**
 * `dj-outbox` in words: `drop`, `latest`, `coalesce:item_id`, `confirm`; all else reads as `queue`.
 * @returns the policy, and the key under which a later event takes the place of this one
 */
export function readPolicy(text: string, event: string, params: JsonObject): { policy: Policy; key?: string } {
  const [policy, name = 'field'] = text.split(':') as [Policy, string?];
  if (policy === 'latest') return { policy, key: event };
  return policy === 'coalesce' ? { policy, key: event + JSON.stringify(params[name]) } : { policy };
}

/** Why an event that was never sent must not go out: it waited too long, or the user was asked and does not want it any more. */
export function refusal(
  { rule }: KeptEvent,
  { now, ask }: { now: number; ask?: (question: string) => boolean },
): Refusal | undefined {
  if (!rule) return undefined;
  if (rule.expiresAt <= now) return 'outbox/expired';
  return ask && rule.isLate && rule.question && !ask(rule.question) ? 'cancelled' : undefined;
}
