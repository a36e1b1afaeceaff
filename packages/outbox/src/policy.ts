import type { JsonObject } from '@djust/protocol';
import type { KeptEvent, Policy, Refusal } from './durable-queue.ts';

/**
 * `dj-outbox` in words: `drop`, `latest`, `coalesce:item_id`, `confirm`. What is unknown reads as `queue`.
 * @returns the policy, and the key under which a later event takes the place of this one
 */
export function readPolicy(text: string, event: string, params: JsonObject): { policy: Policy; key?: string } {
  const [policy, name = 'field'] = text.split(':');
  if (policy === 'latest') return { policy, key: event };
  if (policy === 'coalesce') return { policy, key: `${event} ${JSON.stringify(params[name])}` };
  return { policy: policy === 'drop' || policy === 'confirm' ? policy : 'queue' };
}

/** Whether the event was never sent and waited too long. */
export const isExpired = ({ ref, rule }: KeptEvent, now: number): boolean =>
  ref === undefined && rule !== undefined && rule.expiresAt <= now;

/** Whether an event with this key takes the place of this one. */
export const isReplaced = ({ ref, rule }: KeptEvent, key: string | undefined): boolean =>
  ref === undefined && key !== undefined && rule?.key === key;

/** Why an event must not go out now, asked before its first sending. */
export function refusal(
  entry: KeptEvent,
  { now, ask }: { now: number; ask(question: string): boolean },
): Refusal | undefined {
  if (isExpired(entry, now)) return 'outbox/expired';
  const { question, isLate } = entry.rule ?? {};
  return isLate && question !== undefined && !ask(question) ? 'cancelled' : undefined;
}
