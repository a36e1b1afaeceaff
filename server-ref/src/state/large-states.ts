import { LIMITS } from '@djust/protocol';
import type { Logger } from '../logger.ts';
import type { SessionRecord } from './store.ts';
import { largestFields } from './weigh.ts';

/** Views that are remembered as told of. */
const MOST_VIEWS = 1_000;

/** Says in the log which views keep much, once each: a remark, and later a warning with the fields that it comes from. */
export function largeStates(log: Logger): (record: SessionRecord, bytes: number) => void {
  const told = new Map<string, number>();
  return ({ view, state }, bytes) => {
    const level = bytes >= LIMITS.stateWarnBytes ? 2 : bytes >= LIMITS.stateInfoBytes ? 1 : 0;
    if (level <= (told.get(view) ?? 0) || told.size >= MOST_VIEWS) return;
    told.set(view, level);
    const fields = largestFields(state);
    log({ level: level === 2 ? 'warn' : 'info', message: 'the state of a session is large', view, bytes, fields });
  };
}
