import { LIMITS } from '@djust/protocol';
import { expect, it } from 'vitest';
import { FakeClock } from '../../test/fake-clock.ts';
import { counter } from '../../test/views.ts';
import { memoryBus } from '../bus/bus.ts';
import { memoryPresence } from '../bus/presence.ts';
import { silentLogger } from '../logger.ts';
import { memoryStore } from '../state/memory.ts';
import { SessionRegistry } from './registry.ts';

it('keeps 10,000 sessions without a connection, and gives up the one that was left first', async () => {
  const clock = new FakeClock();
  const bus = memoryBus();
  const store = memoryStore();
  const host = { clock, bus, presence: memoryPresence(bus), store, log: silentLogger, isDevelopment: false };
  const sessions = new SessionRegistry(host);
  const ids: string[] = [];
  for (let at = 0; at <= LIMITS.resumeSessions; at++) {
    const { session } = await sessions.open(counter(), { url: '/', params: {}, principal: null });
    ids.push(session.id);
    sessions.release(session.id);
  }
  expect(sessions.size).toBe(LIMITS.resumeSessions);
  expect(sessions.get(ids[0] as string)).toBeUndefined();
  expect(sessions.get(ids[1] as string)).toBeDefined();
  await clock.advance(LIMITS.resumeMs);
  expect([sessions.size, store.size, clock.waiting]).toEqual([0, 0, 0]);
});
