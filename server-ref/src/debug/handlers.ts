import { type JsonObject, LIMITS, paramFault } from '@djust/protocol';
import type { EventDef, View } from '../view/define-view.ts';
import { describeParams } from './param-schema.ts';
import type { Probed } from './probe.ts';

const MOST_RULE = 300;

/** What the page may ask for, as the panel shows it: the allow-list with schemas, rules, and what holds for all. */
export function handlersOf(view: View): Record<string, unknown>[] {
  return [...view.events].map(([name, event]) => ({
    name,
    hasSchema: event.schema !== undefined,
    schema: event.schema && describeParams(event.schema),
    isGuarded: event.allow !== undefined,
    rules: rulesOf(view, event),
    replay: event.replay === 'deny' ? 'refused' : 'allowed',
  }));
}

/** What holds for every event, whoever sends it. */
export const HANDLER_LIMITS: Readonly<Record<string, number>> = {
  bytes: LIMITS.maxMessageBytes,
  perSecond: LIMITS.messagesPerSecond,
  atOnce: LIMITS.messageBurst,
  ms: LIMITS.handlerMs,
};

/** Who may call it, in the words of the app. */
function rulesOf({ authorize }: View, { allow }: EventDef<unknown>): string[] {
  return [authorize, allow].flatMap((rule) => (rule ? [String(rule).replace(/\s+/g, ' ').slice(0, MOST_RULE)] : []));
}

/**
 * Why the server would refuse these parameters. First the check that the panel has made too, in the same words; then the
 * stages of a true event, which know more.
 */
export async function refusalOf(probed: Probed, name: string, params: JsonObject): Promise<string | undefined> {
  const schema = probed.session.view.events.get(name)?.schema;
  const described = schema && describeParams(schema);
  const fault = described && paramFault(described, params);
  if (fault) return `event/params /params${fault.at} ${fault.says}`;
  const checked = await probed.calls.guard({ type: 'event', event: name, params });
  if (checked.ok) return undefined;
  const { code, at, detail } = checked.fault;
  return [code, at, detail].filter(Boolean).join(' ');
}
